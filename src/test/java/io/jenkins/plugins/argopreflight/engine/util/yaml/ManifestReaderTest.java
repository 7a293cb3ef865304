package io.jenkins.plugins.argopreflight.engine.util.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class ManifestReaderTest {

    private static Document one(String text) {
        return new ManifestReader().read("wf.yaml", text).get(0);
    }

    @Test
    void shouldKnowWhereEachFieldStands() {
        List<Document> documents = new ManifestReader()
                .read(
                        "wf.yaml",
                        "kind: A\n---\nkind: B\nspec:\n  templates:\n  - name: x\n    container:\n      image: i\n");
        assertThat(documents).extracting(Document::kind).containsExactly("A", "B");
        assertThat(documents.get(1).locate("spec.templates[0].container.image")).hasToString("wf.yaml:8:7");
        assertThat(documents.get(1).locate("spec.templates[0].container.args[3]"))
                .hasToString("wf.yaml:7:5");
        assertThat(documents.get(1).number()).isEqualTo(2);
    }

    @Test
    void shouldFollowAliasesAndMergeKeysToTheirAnchor() {
        Document document =
                one("base: &b\n  image: one\n  env: {A: 1}\nmain:\n  <<: *b\n  image: two\nother: *b\nlist:\n- *b\n");
        assertThat(document.root().path("main").toString()).isEqualTo("{\"image\":\"two\",\"env\":{\"A\":1}}");
        assertThat(document.locate("main.image")).hasToString("wf.yaml:6:3");
        assertThat(document.locate("main.env.A")).hasToString("wf.yaml:3:9");
        assertThat(document.locate("other.image")).hasToString("wf.yaml:2:3");
        assertThat(document.locate("list[0].image")).hasToString("wf.yaml:2:3");
    }

    @Test
    void shouldReadAnEmptyNameAsAbsent() {
        Document document = one("kind: Pod\nmetadata:\n  generateName: a-\n  name:\n  namespace:\n");
        assertThat(document.name()).isEmpty();
        assertThat(document.namespace()).isEmpty();
        assertThat(document.nameOrPrefix()).isEqualTo("a-");
    }

    @Test
    void shouldReadJsonAndLists() {
        List<Document> documents = new ManifestReader().read("l.json", """
                {"kind": "List", "items": [
                  {"kind": "Pod", "metadata": {"name": "a", "labels": {"a.b/c": "d"}}},
                \t{"kind": "PodList", "items": [{"kind": "Pod", "metadata": {"name": "b"}}]}
                ]}
                """);
        assertThat(documents).extracting(Document::name).containsExactly("a", "b");
        assertThat(documents.get(0).locate("metadata.labels[\"a.b/c\"]")).hasToString("l.json:2:56");
        assertThat(documents.get(1).locate("metadata.name").line()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | true",
                "On | true",
                "off | false",
                "n | false",
                "Y | true",
                "'\"n\"' | \"n\"",
                "'\"yes\"' | \"yes\"",
                "~ | null",
                "0777 | 511",
                "0o17 | 15",
                "0x1F | 31",
                "0b11 | 3",
                "1_000 | 1000",
                "089 | 89",
                "1\u0663 | \"1\u0663\"",
                "0o19 | \"0o19\"",
                "-c | \"-c\"",
                "1e3 | 1000",
                "1.50 | 1.5",
                "1:30 | \"1:30\"",
                "2001-12-14 | \"2001-12-14\"",
                "!!str 12 | \"12\"",
                "12345678901234567890 | 12345678901234567890",
                "-5 | -5",
                "+5 | 5",
                "'- ' | [null]",
                ".5 | 0.5",
                "v1.2 | \"v1.2\"",
                "0x | \"0x\"",
                "TRUE | true"
            })
    void shouldReadScalarsAsKubernetesDoes(String yaml, String json) {
        assertThat(new ManifestReader().value("x", yaml).toString()).isEqualTo(json);
    }

    @Test
    void shouldTakeTheLastOfTwoKeysAndSaySo() {
        Document document = one("kind: A\nspec:\n  a: 1\n  a: 2\n");
        assertThat(document.root().path("spec").path("a").asInt()).isEqualTo(2);
        assertThat(document.duplicates()).extracting(Duplicate::toString).containsExactly("wf.yaml:4:3: a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'kind: A\nspec:\n\tx: 1' | wf.yaml:3:1: ",
                "'kind: [A' | wf.yaml:1:9: ",
                "'{\"kind\": \"A\" \"b\"}' | wf.yaml:1:",
                "'- a\n- b' | wf.yaml:1:1: expected an object with apiVersion and kind",
                "'a: *x' | wf.yaml:1:4: found undefined alias x",
                "'a: &x [*x]' | wf.yaml:1:",
                "'a: .nan' | wf.yaml:1:4: the number .nan cannot be written in JSON",
                "'kind: A\nx: {{ .Values.image }}' | Helm"
            })
    void shouldSayInOneLineWhatIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> one(yaml))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith("wf.yaml:"));
    }

    @Test
    @Timeout(60)
    void shouldRefuseABillionLaughs() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThatThrownBy(() -> one(laughs.toString()))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("refused");
    }

    @Test
    @Timeout(60)
    void shouldRefuseHugeAndDeepFiles() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThatThrownBy(() -> new ManifestReader().read("big", endless))
                .hasMessage("big:1:1: larger than 32 MiB: refused");
        assertThatThrownBy(() -> one("a: " + "[".repeat(100_000))).isInstanceOf(ManifestException.class);
        assertThatThrownBy(() -> one("{\"a\":" + "[".repeat(100_000))).isInstanceOf(ManifestException.class);
    }

    @Test
    void shouldRefuseCharactersThatYamlDoesNotHave() {
        assertThatThrownBy(() -> one("a: \u0000"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("special characters are not allowed");
    }

    @Test
    void shouldRefuseWhatIsNoText() {
        assertThatThrownBy(() -> new ManifestReader()
                        .read("x", new java.io.ByteArrayInputStream(new byte[] {(byte) 0xff, (byte) 0xfe, 0})))
                .isInstanceOf(ManifestException.class)
                .hasMessage("x:1:1: not UTF-8 text");
    }

    @Test
    void shouldReturnEmptyForEmptyInput() throws IOException {
        assertThat(new ManifestReader().read("x", "")).isEmpty();
        assertThat(new ManifestReader().read("x", "# only a comment\n---\n")).isEmpty();
        assertThat(new ManifestReader().read("x", InputStream.nullInputStream()))
                .isEmpty();
    }

    @Test
    void shouldReadFolders(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("b"));
        Files.writeString(folder.resolve("b/x.yml"), "kind: Second\n");
        Files.writeString(folder.resolve("a.json"), "{\"kind\": \"First\"}");
        Files.writeString(folder.resolve("readme.md"), "# no manifest");
        assertThat(new ManifestReader().readAll(folder))
                .extracting(Document::kind)
                .containsExactly("First", "Second");
        assertThat(new ManifestReader().readAll(folder.resolve("a.json"))).hasSize(1);
    }

    @Test
    void shouldChargeWhatIsKept(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("list.yaml"), "apiVersion: v1\nkind: A\nlist: [" + "1,".repeat(900) + "1]\n");
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            Budget budget = Budget.current();
            ManifestReader reader = new ManifestReader();
            reader.read(file, document -> {});
            assertThat(budget.used(Limit.NODES)).isZero();
            assertThat(budget.used(Limit.BYTES)).isZero();
            reader.read(file);
            assertThat(budget.used(Limit.NODES)).isBetween(200L, 300L);
            assertThat(budget.used(Limit.BYTES)).isEqualTo(Files.size(file));
        }
    }

    @Test
    void shouldRecordWhatIsOverALimitUnlessItHasToBeComplete() {
        String text = "kind: A\nlist: [1, 2, 3, 4, 5, 6, 7, 8]\n";
        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("nodes=6")))) {
            assertThat(new ManifestReader().read("a.yaml", text)).isEmpty();
            assertThat(Budget.current().leftOut()).hasSize(1);
            assertThatThrownBy(() -> new ManifestReader().refusingOmissions().read("a.yaml", text))
                    .isInstanceOf(ManifestException.class)
                    .hasMessageContaining("the limit nodes=6 of this run is reached");
            assertThatThrownBy(() -> new ManifestReader().refusingOmissions().value("a.yaml", text))
                    .isInstanceOf(ManifestException.class)
                    .hasMessageContaining("the limit nodes=6 of this run is reached");
            assertThat(Budget.current().leftOut()).hasSize(1);
        }
    }
}
