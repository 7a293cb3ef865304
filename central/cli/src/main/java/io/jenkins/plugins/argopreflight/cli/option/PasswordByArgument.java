package io.jenkins.plugins.argopreflight.cli.option;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The refusal of a password as an argument, with the alternatives. The value is never read. */
public final class PasswordByArgument {

    @Option(
            names = {"--password", "--docker-password", "--token", "-p"},
            hidden = true,
            arity = "1",
            parameterConsumer = Refusal.class)
    String never;

    /** A consumer that throws instead of reading the value. */
    static final class Refusal implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
            throw new ParameterException(
                    command.commandLine(),
                    "a password is never an argument: every user of this machine can read it with ps, and the shell "
                            + "keeps it in its history; use --password-stdin, --password-file FILE or "
                            + "--password-env VARIABLE");
        }
    }
}
