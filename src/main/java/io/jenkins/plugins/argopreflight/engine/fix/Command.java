package io.jenkins.plugins.argopreflight.engine.fix;

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
 * One command line as data: programs that pass their output on, each with its arguments.
 *
 * @param stages the programs, in the order of the pipe
 * @param input what the first one reads: a file, or {@link Operand#NONE}
 * @param output the file that the last one writes, or {@link Operand#NONE}
 * @param documents what the first one reads, one after the other; none when it reads a file or nothing
 * @param note what it is for, in the same line; "" for none
 * @param required names that are inside an argument
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

    /** One program. */
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

    /** @param words the arguments that are always the same */
    public static Command of(String program, String... words) {
        return new Command(List.of(new Stage(program, List.of())), Operand.NONE, Operand.NONE, List.of(), "", List.of())
                .with(words);
    }

    /** @param words the arguments that are always the same */
    public static Command kubectl(String... words) {
        return of("kubectl", words);
    }

    /** {@code kubectl -n NAMESPACE …}. @param words the arguments that are always the same */
    public static Command kubectlIn(String namespace, String... words) {
        return kubectl().namespace(namespace).with(words);
    }

    /** The same with arguments that are always the same. */
    public Command with(String... words) {
        return with(Stream.of(words).map(Operand::text).toArray(Operand[]::new));
    }

    /** The same with these arguments at the end. */
    public Command with(Operand... operands) {
        List<Stage> all = new ArrayList<>(stages);
        Stage last = all.remove(all.size() - 1);
        List<Operand> arguments = new ArrayList<>(last.arguments());
        arguments.addAll(List.of(operands));
        all.add(new Stage(last.program(), arguments));
        return new Command(all, input, output, documents, note, required);
    }

    /** The same with an object's name. */
    public Command name(String kind, String name) {
        return with(Operand.name(kind, name));
    }

    /** The same with {@code -n NAMESPACE}. */
    public Command namespace(String name) {
        return with("-n").with(Operand.namespace(name));
    }

    /** The same with {@code -p} and this patch. */
    public Command patch(JsonNode patch) {
        try {
            return with("-p").with(Operand.text(JSON.writeValueAsString(patch)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes always prints", e);
        }
    }

    /** The same, given only if these are valid: they are inside an argument. */
    public Command requiring(Operand... names) {
        List<Operand> all = new ArrayList<>(required);
        all.addAll(List.of(names));
        return new Command(stages, input, output, documents, note, all);
    }

    /** The same with its output passed on. @param words the arguments that are always the same */
    public Command pipe(Command next) {
        List<Stage> all = new ArrayList<>(stages);
        all.addAll(next.stages());
        List<Operand> both = new ArrayList<>(required);
        both.addAll(next.required());
        return new Command(all, input, next.output(), documents, note, both);
    }

    /** The same with a file to read. */
    public Command from(Operand file) {
        return new Command(stages, file, output, documents, note, required);
    }

    /** The same with a file to write. */
    public Command to(Operand file) {
        return new Command(stages, input, file, documents, note, required);
    }

    /** The same with a text to read. */
    public Command document(FormattedText text) {
        return documents(List.of(text));
    }

    /** The same with several. */
    public Command documents(List<? extends FormattedText> texts) {
        return new Command(stages, input, output, texts, note, required);
    }

    /** The same with a note in its line. */
    public Command noted(String text) {
        return new Command(stages, input, output, documents, text, required);
    }

    /** Why there can be no such command; usually nothing. */
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
