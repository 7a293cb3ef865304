package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockAccountTest {

    @Test
    void shouldAcceptNoneAndAnotherAccountThanJenkins() {
        assertThat(BlockAccount.problem("", "jenkins/argo-preflight")).isEmpty();
        assertThat(BlockAccount.problem("blocks/argo", "jenkins/argo-preflight"))
                .isEmpty();
    }

    @Test
    void shouldRefuseTheIdentityOfJenkins() {
        assertThat(BlockAccount.problem("jenkins/argo-preflight", "jenkins/argo-preflight"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("tokenServiceAccount"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"argo", "/argo", "blocks/", "a/b/c", "Blocks/argo"})
    void shouldRefuseWhatIsNoServiceAccount(String written) {
        assertThat(BlockAccount.problem(written, "")).isPresent();
    }
}
