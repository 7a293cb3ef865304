package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command line as data: programs with their arguments, connected by pipes.
 *
 * @param stages the programs, in the order of the pipe
 * @param input the file that the first program reads, or {@link Operand#NONE}
 * @param output the file that the last program writes, or {@link Operand#NONE}
 * @param documents the documents that the first program reads, one after the other; empty if it reads a file or nothing
 * @param note a comment in the same line; {@code ""} for none
 * @param required the names that are parts of other arguments; the command is shown only if these names are valid
 */
public record Command(
        List<Stage> stages,
        Operand input,
        Operand output,
        List<? extends FormattedText> documents,
        String note,
        @JsonIgnore List<Operand> required) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** A program with its arguments. */
    public record Stage(String program, List<Operand> arguments) {
        public Stage {
            arguments = List.copyOf(arguments);
        }
    }

    public Command {
        stages = List.copyOf(stages);
        documents = List.copyOf(documents);
        required = required == null ? List.of() : List.copyOf(required);
    }

    /**
     * Returns a command.
     *
     * @param fixedArguments the fixed arguments
     */
    public static Command of(String program, String... fixedArguments) {
        return new Command(List.of(new Stage(program, List.of())), Operand.NONE, Operand.NONE, List.of(), "", List.of())
                .with(fixedArguments);
    }

    /**
     * Returns a command of kubectl.
     *
     * @param fixedArguments the fixed arguments
     */
    public static Command kubectl(String... fixedArguments) {
        return of("kubectl", fixedArguments);
    }

    /**
     * Returns the command {@code kubectl -n NAMESPACE …}.
     *
     * @param fixedArguments the fixed arguments
     */
    public static Command kubectlIn(String namespace, String... fixedArguments) {
        return kubectl().namespace(namespace).with(fixedArguments);
    }

    /** Returns this command with fixed arguments at the end. */
    public Command with(String... fixedArguments) {
        return with(Stream.of(fixedArguments).map(Operand::text).toArray(Operand[]::new));
    }

    /** Returns this command with arguments at the end. */
    public Command with(Operand... operands) {
        List<Stage> all = new ArrayList<>(stages);
        Stage last = all.remove(all.size() - 1);
        List<Operand> arguments = new ArrayList<>(last.arguments());
        arguments.addAll(List.of(operands));
        all.add(new Stage(last.program(), arguments));
        return new Command(all, input, output, documents, note, required);
    }

    /** Returns this command with an object's name at the end. */
    public Command name(String kind, String name) {
        return with(Operand.name(kind, name));
    }

    /** Returns this command with {@code -n NAMESPACE}. */
    public Command namespace(String name) {
        return with("-n").with(Operand.namespace(name));
    }

    /** Returns this command with {@code -p} and the patch. */
    public Command patch(JsonNode patch) {
        try {
            return with("-p").with(Operand.text(JSON.writeValueAsString(patch)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes always prints", e);
        }
    }

    /** Returns this command with names that are parts of its arguments. It is shown only if the names are valid. */
    public Command requiring(Operand... names) {
        List<Operand> all = new ArrayList<>(required);
        all.addAll(List.of(names));
        return new Command(stages, input, output, documents, note, all);
    }

    /** Returns this command with its output passed to another command. */
    public Command pipe(Command next) {
        List<Stage> all = new ArrayList<>(stages);
        all.addAll(next.stages());
        List<Operand> both = new ArrayList<>(required);
        both.addAll(next.required());
        return new Command(all, input, next.output(), documents, note, both);
    }

    /** Returns this command with a file as input. */
    public Command from(Operand file) {
        return new Command(stages, file, output, documents, note, required);
    }

    /** Returns this command with a file as output. */
    public Command to(Operand file) {
        return new Command(stages, input, file, documents, note, required);
    }

    /** Returns this command with a document as input. */
    public Command document(FormattedText text) {
        return documents(List.of(text));
    }

    /** Returns this command with documents as input. */
    public Command documents(List<? extends FormattedText> texts) {
        return new Command(stages, input, output, texts, note, required);
    }

    /** Returns this command with a comment in its line. */
    public Command withNote(String text) {
        return new Command(stages, input, output, documents, text, required);
    }

    /** Returns the reasons why the command cannot be shown; normally empty. */
    public List<String> problems() {
        Stream<Optional<String>> operands = Stream.of(
                        stages.stream().flatMap(stage -> stage.arguments().stream()),
                        required.stream(),
                        Stream.of(input, output))
                .flatMap(all -> all)
                .map(Operand::ifProblem);
        return Stream.concat(
                        operands.flatMap(Optional::stream),
                        documents.stream().flatMap(document -> document.problems().stream()))
                .distinct()
                .toList();
    }
}
