package io.jenkins.plugins.argopreflight.cli;

import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * The checks of arguments that picocli accepts: an option of a group that is given twice although it takes one value,
 * and an {@code @FILE} that does not exist, which picocli treats as an argument.
 */
final class UsageRules implements IExecutionStrategy {

    private final IExecutionStrategy next = new RunLast();

    @Override
    public int execute(ParseResult result) {
        for (ParseResult part = result; part != null; part = part.subcommand()) {
            for (OptionSpec option : part.commandSpec().options()) {
                if (!repeats(option) && option.originalStringValues().size() > 1) {
                    throw new ParameterException(
                            part.commandSpec().commandLine(), option.longestName() + " is given twice: leave one out");
                }
            }
            for (PositionalParamSpec parameter : part.commandSpec().positionalParameters()) {
                for (String value : parameter.originalStringValues()) {
                    if (value.matches("@[^@].*")) {
                        throw new ParameterException(
                                part.commandSpec().commandLine(),
                                value + ": there is no file " + value.substring(1) + " to read options from");
                    }
                }
            }
        }
        return next.execute(result);
    }

    private static boolean repeats(OptionSpec option) {
        return option.isMultiValue()
                || option.group() != null && option.group().multiplicity().max() > 1;
    }
}
