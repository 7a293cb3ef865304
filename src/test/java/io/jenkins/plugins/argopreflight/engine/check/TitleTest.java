package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitleTest {

    @Test
    void shouldKeepWhatFits() {
        assertThat(Title.format("No credentials for %s", "registry.example.com"))
                .isEqualTo("No credentials for registry.example.com");
        assertThat(Title.format("100% wrong")).isEqualTo("100% wrong");
    }

    @Test
    void shouldCutLongTitlesAtTheirEndOnly() {
        assertThat(Title.format(
                        "%s is not allowed to %s",
                        "ServiceAccount default", "list, watch, patch workflowartifactgctasks"))
                .isEqualTo("ServiceAccount default is not allowed to list, watch, patch…");
        assertThat(Title.format("Secret %s has no key %s", "a".repeat(300) + "-end", "password"))
                .hasSize(Title.MAX_CHARACTERS)
                .matches("Secret a+…");
    }

    @Test
    void shouldShowAnImageWithoutItsRegistryAndTheEndOfItsDigest() {
        assertThat(Title.image("registry.example.com:5000/team/app:v1")).isEqualTo("team/app:v1");
        assertThat(Title.image("localhost/app")).isEqualTo("app");
        assertThat(Title.image("team/app:v1.2")).isEqualTo("team/app:v1.2");
        assertThat(Title.image("app@sha256:" + "ab".repeat(32))).isEqualTo("app@sha256:abababababab");
    }

    @Test
    void shouldLeaveOutTheNamespaceBeforeItCutsWhatCouldNotBeChecked() {
        assertThat(Title.couldNotCheck("whether Secret tls exists", "ci"))
                .isEqualTo("Could not check whether Secret tls exists in namespace ci");
        assertThat(Title.couldNotCheck("whether Secret " + "s".repeat(40) + " exists", "ci"))
                .isEqualTo("Could not check whether Secret " + "s".repeat(40) + " exists");
        assertThat(Title.couldNotCheck("what is in the namespace and " + "w".repeat(60), "ci"))
                .hasSizeLessThanOrEqualTo(Title.MAX_CHARACTERS);
        String name = "\"" + "s".repeat(30) + " in namespace ci\"";
        assertThat(Title.couldNotCheck("whether a volume is named " + name))
                .as("a name that ends like a question")
                .isEqualTo("Could not check whether a volume is named \"" + "s".repeat(30) + " in…");
    }

    @Test
    void shouldCutWordsThatAreTooLong() {
        assertThat(Title.format("w".repeat(100))).hasSize(Title.MAX_CHARACTERS).endsWith("w…");
        assertThat(Title.format("w".repeat(100) + "%s", "value")).hasSize(Title.MAX_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 79, 80, 81, 500})
    void shouldNeverCutACharacterInHalf(int length) {
        String title = Title.format("x".repeat(length % 2) + "%s %s", "😀".repeat(length), "é".repeat(length));
        assertThat(title).hasSizeLessThanOrEqualTo(Title.MAX_CHARACTERS);
        assertThat(title.codePoints()).noneMatch(each -> Character.getType(each) == Character.SURROGATE);
    }

    @Test
    void shouldKeepTheWholeTitleOfAShortenedOne() {
        CheckInfo info = CheckInfo.error("key-missing", "A key does not exist", Topic.CLUSTER);
        Finding finding = Finding.fail(info, Subject.of("Secret", "ci", "db", ""), "detail");
        String name = "s".repeat(Title.MAX_CHARACTERS);

        assertThat(finding.title("%s has no key %s", name, "user")
                        .cause(Problem.Kind.REFUSED)
                        .evidence(EvidenceLine.words("an observation"))
                        .explanation()
                        .wholeTitle())
                .isEqualTo(name + " has no key user");
        assertThat(finding.title("%s has no key %s", "db", "user").explanation().wholeTitle())
                .isEmpty();
    }
}
