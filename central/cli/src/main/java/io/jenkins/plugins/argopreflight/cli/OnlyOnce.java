package io.jenkins.plugins.argopreflight.cli;

import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Refuses an option that was given twice although it takes one value; picocli lets it pass in groups. */
final class OnlyOnce implements IExecutionStrategy {

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
        }
        return next.execute(result);
    }

    private static boolean repeats(OptionSpec option) {
        return option.isMultiValue()
                || option.group() != null && option.group().multiplicity().max() > 1;
    }
}
