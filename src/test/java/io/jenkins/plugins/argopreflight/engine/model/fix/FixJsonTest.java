package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FixJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> fixes() {
        return Stream.of(
                Arguments.of(
                        RunCommands.of(Command.kubectlIn("ci", "get", "secret")
                                .name("Secret", "")
                                .pipe(Command.of("jq", ".data | keys"))),
                        """
                        {"kind": "run-commands", "note": "", "after": "", "commands": [{
                          "stages": [
                            {"program": "kubectl", "arguments": ["-n", "ci", "get", "secret", {"placeholder": "NAME"}]},
                            {"program": "jq", "arguments": [".data | keys"]}],
                          "input": "", "output": "", "documents": [], "note": ""}]}"""),
                Arguments.of(
                        RunCommands.of(Command.of("tee")
                                        .with(Operand.file("hosts.toml"))
                                        .document(Toml.empty().set("server", Operand.text("https://a"))))
                                .because("on each node"),
                        """
                        {"kind": "run-commands", "note": "on each node", "after": "", "commands": [{
                          "stages": [{"program": "tee", "arguments": ["hosts.toml"]}],
                          "input": "", "output": "", "documents": ["server = \\"https://a\\"\\n"], "note": ""}]}"""),
                Arguments.of(
                        ApplyManifest.of(Yaml.of("kind: Role\nrules:\n- verbs: [get]")
                                        .commented("the smallest"))
                                .in("ci"),
                        """
                        {"kind": "apply-manifest", "note": "", "namespace": "ci",
                          "documents": [{"kind": "Role", "rules": [{"verbs": ["get"]}]}]}"""),
                Arguments.of(
                        ChangeField.to(Yaml.of("runAsUser: $user").with("user", 1000))
                                .at(new ChangeField.Place("w.yaml", 3, "Workflow", "ci", "build", "spec")),
                        """
                        {"kind": "change-field", "note": "", "after": "", "value": {"runAsUser": 1000}, "place": {
                          "file": "w.yaml", "line": 3, "kind": "Workflow", "namespace": "ci", "name": "build",
                          "path": "spec"}}"""),
                Arguments.of(
                        WriteCredentials.create("regcred", "ci", "registry.example.com")
                                .bound("default")
                                .mode(WriteCredentials.Mode.ADOPT),
                        """
                        {"kind": "write-credentials", "note": "", "secret": "regcred", "namespaces": ["ci"],
                          "serviceAccounts": ["default"], "registry": "registry.example.com",
                          "username": {"placeholder": "USER"}, "mode": "ADOPT", "first": []}"""),
                Arguments.of(new AskPerson("operators", "add a node"), """
                        {"kind": "ask-person", "who": "operators", "what": "add a node"}"""));
    }

    @ParameterizedTest
    @MethodSource("fixes")
    void shouldBeDataThatReadsBack(Fix fix, String expected) throws JsonProcessingException {
        String json = JSON.writeValueAsString(fix);
        assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree(expected));
        Fix read = JSON.readValue(json, Fix.class);
        assertThat(JSON.writeValueAsString(read)).isEqualTo(json);
        assertThat(read).isInstanceOf(fix.getClass());
        assertThat(uncommented(read)).isEqualTo(uncommented(fix));
    }

    private static String uncommented(Fix fix) {
        return Shell.text(fix).replaceAll("(?m)^# the smallest\\n", "");
    }
}
