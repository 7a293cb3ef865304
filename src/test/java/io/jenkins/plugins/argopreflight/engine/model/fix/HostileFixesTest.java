package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import groovy.lang.GroovyShell;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials.Mode;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kinds of fixes, with hostile values in each operand, read back by a shell, YAML and Groovy. */
@Tag("fuzz")
class HostileFixesTest {

    /** A place for a value, by what it is called; each is refused unless the value is right there. */
    private static final Map<String, Function<String, Fix>> NAMES = Map.ofEntries(
            Map.entry(
                    "name",
                    value -> RunCommands.of(Command.kubectl("get", "secret").name("Secret", value))),
            Map.entry("namespace", value -> RunCommands.of(Command.kubectlIn(value, "get", "pods"))),
            Map.entry("key", value -> RunCommands.of(Command.of("argo").with(Operand.key(value)))),
            Map.entry("label's key", value -> RunCommands.of(Command.kubectl().with(Operand.label(value, "v")))),
            Map.entry("label's value", value -> RunCommands.of(Command.kubectl().with(Operand.label("k", value)))),
            Map.entry("image", value -> RunCommands.of(Command.of("crane", "ls").with(Operand.image(value)))),
            Map.entry("registry", value -> WriteCredentials.create("a", "b", value)),
            Map.entry("Secret", value -> WriteCredentials.create(value, "b", "r.example.com")),
            Map.entry(
                    "account",
                    value -> WriteCredentials.create("a", "b", "r.example.com").bound(value)),
            Map.entry(
                    "in JSON",
                    value -> RunCommands.of(Command.kubectl("patch")
                            .requiring(Operand.name("Secret", value))
                            .patch(JsonNodeFactory.instance.objectNode().put("name", value)))),
            Map.entry(
                    "in a manifest",
                    value -> ApplyManifest.of(
                            Yaml.of("metadata: {name: $name}").with("name", Operand.name("Secret", value)))),
            Map.entry(
                    "namespace of a manifest",
                    value -> ApplyManifest.of(Yaml.of("kind: Secret")).in(value)),
            Map.entry(
                    "command before",
                    value -> WriteCredentials.create("a", "b", "r.example.com")
                            .after(Command.kubectlIn(value, "delete", "secret", "a"))));

    private static final Map<String, Function<String, Fix>> TEXTS = Map.ofEntries(
            Map.entry("text", value -> RunCommands.of(Command.kubectl("get").with(Operand.text(value)))),
            Map.entry(
                    "part",
                    value -> RunCommands.of(Command.kubectl("get")
                            .with(Operand.joined(Operand.text("--a="), Operand.text(value), Operand.text("=FILE"))))),
            Map.entry(
                    "file",
                    value -> RunCommands.of(Command.of("argo-preflight", "-f").with(Operand.file(value)))),
            Map.entry(
                    "patch",
                    value -> RunCommands.of(Command.kubectl("patch")
                            .patch(JsonNodeFactory.instance.objectNode().put(value, value)))),
            Map.entry(
                    "second of a pipe",
                    value -> RunCommands.of(
                            Command.kubectl("get").pipe(Command.of("jq").with(Operand.text(value))))),
            Map.entry(
                    "note",
                    value -> RunCommands.of(Command.kubectl("get").withNote(value))
                            .because(value)
                            .then(value)),
            Map.entry(
                    "user",
                    value -> WriteCredentials.create("a", "b", "r.example.com")
                            .user(value)
                            .because(value)),
            Map.entry(
                    "mode",
                    value -> WriteCredentials.create("a", "b", "r.example.com").mode(Mode.ADOPT)),
            Map.entry(
                    "manifest",
                    value -> ApplyManifest.of(
                            Yaml.of("data: {$key: $value}").with("key", value).with("value", value))),
            Map.entry(
                    "field",
                    value -> ChangeField.to(Yaml.of("a:\n- $v # c\n- {b: $w}")
                                    .with("v", value)
                                    .with("w", value))
                            .because(value)
                            .then(value)),
            Map.entry(
                    "setting",
                    value -> ChangeField.to(Yaml.of("data: $data")
                            .literal(
                                    "data", Yaml.of("$k: [$v]").with("k", value).with("v", value)))),
            Map.entry("person", value -> new AskPerson(value, value)));

    @TempDir
    private Path folder;

    static Stream<String> places() {
        return Stream.concat(NAMES.keySet().stream(), TEXTS.keySet().stream()).sorted();
    }

    @ParameterizedTest
    @MethodSource("places")
    void shouldReadBackAsItWasGiven(String place) throws IOException {
        ReadBack read = new ReadBack(folder);
        Function<String, Fix> fix = NAMES.containsKey(place) ? NAMES.get(place) : TEXTS.get(place);
        Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).forEach(value -> read.check(fix.apply(value)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void shouldShowNoCommandWithANameThatKubernetesRefuses(String place) {
        for (String value :
                Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).toList()) {
            boolean valid = value.matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?|EOF|0x1|1e3|0o14|2001-01-01");
            Function<String, Fix> fix = NAMES.get(place);
            if (fix != null && !valid && !place.equals("registry")) {
                assertThat(fix.apply(value).checked()).as(place + " " + value).isInstanceOf(AskPerson.class);
                assertThat(Shell.text(fix.apply(value))).contains("is not a valid ");
            }
        }
    }

    @Test
    void shouldShowNoCommandOfWhichAReaderCannotSeeWhatItIs() {
        for (String value : Hostile.HIDDEN) {
            assertThat(Shell.text(RunCommands.of(Command.kubectl("get").with(Operand.text(value)))))
                    .startsWith("# no command is shown, since \"");
        }
    }

    @Test
    void shouldKeepEachValueOfAYamlTree() throws IOException {
        for (String value :
                Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).toList()) {
            Yaml yaml = Yaml.of("a: {b: $v}\n\"$k\": [$v, \"$q\"]")
                    .with("v", value)
                    .with("k", value)
                    .with("q", value);
            assertThat(yaml.text().chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f))
                    .as(yaml.text())
                    .isTrue();
            assertThat(ReadBack.yaml(yaml.text()).path("a").path("b").asText()).isEqualTo(value);
            assertThat(ReadBack.yaml(yaml.text()).path(value).path(0).asText()).isEqualTo(value);
            assertThat(ReadBack.yaml(yaml.text()).path(value).path(1).isTextual())
                    .isTrue();
            Yaml outer = Yaml.of("patch: $patch").literal("patch", yaml);
            assertThat(ReadBack.yaml(ReadBack.yaml(outer.text()).path("patch").asText()))
                    .isEqualTo(ReadBack.yaml(yaml.text()));
        }
    }

    @Test
    void shouldEndACommentOfYamlOnlyWhereItEnds() {
        for (String value :
                Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).toList()) {
            String text = Yaml.of("a: b").commented(value).text();

            assertThat(text.lines().toList())
                    .as(text)
                    .hasSize(2)
                    .allMatch(Visible::isVisible)
                    .satisfies(lines -> assertThat(lines.get(0)).startsWith("#"))
                    .last()
                    .isEqualTo("a: b");
        }
    }

    @Test
    void shouldEndADocumentOnlyWhereItEnds() throws IOException {
        Fix fix = RunCommands.of(
                Command.kubectl("apply", "-f", "-").document(Yaml.of("a: $a").literal("a", Yaml.of("- EOF"))),
                Command.of("argo"));
        Toml toml = Toml.empty().set("a", Operand.text("b\"\\ü")).table("host", Operand.text("[x]"));
        assertThat(new ReadBack(folder).calls(fix))
                .extracting(ArgvRecorder.Call::input)
                .contains("a: |\n  - EOF\n");
        assertThat(toml.text()).isEqualTo("a = \"b\\\"\\\\\\U000000fc\"\n[host.\"[x]\"]\n");
    }

    @Test
    void shouldBeOneStringForGroovy() {
        GroovyShell groovy = new GroovyShell();
        for (String value :
                Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).toList()) {
            assertThat(groovy.evaluate(Groovy.quoted(value)))
                    .as(Groovy.quoted(value))
                    .isEqualTo(value);
            assertThat(groovy.evaluate(Groovy.quoted(value) + ".length()")).isEqualTo(value.length());
        }
    }

    @Test
    void shouldBeOneCallForGroovy() {
        String recorder = "def argoRegistrySecret(Map all) { all }\n";
        for (String value :
                Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream()).toList()) {
            Fix fix = WriteCredentials.create("regcred", "ci", "r.example.com")
                    .because(value)
                    .after(Command.kubectl("delete").with(Operand.text("a$b")).withNote(value));
            Object called = new GroovyShell()
                    .evaluate(recorder + Groovy.step(fix, value).orElseThrow());
            assertThat(called)
                    .isEqualTo(
                            value.isEmpty()
                                    ? Map.of()
                                    : Map.of(
                                            "name",
                                            "regcred",
                                            "namespaces",
                                            List.of("ci"),
                                            "cluster",
                                            value,
                                            "registries",
                                            List.of(Map.of(
                                                    "url", "r.example.com", "credentialsId", "CREDENTIALS_ID"))));
        }
    }
}
