package io.jenkins.plugins.argopreflight.engine.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod.Remedy;
import org.junit.jupiter.api.Test;

class RemedyTest {

    /** A shell reads the rest of a line after a comment as a part of the comment. */
    @Test
    void shouldRefuseATextAfterAComment() {
        Command commented =
                Command.kubectl("delete", "pod").name("Pod", "build-1").withNote("Argo recreates it");

        assertThatThrownBy(() -> new Remedy("", commented, ", then create it again"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(", then create it again");
    }
}
