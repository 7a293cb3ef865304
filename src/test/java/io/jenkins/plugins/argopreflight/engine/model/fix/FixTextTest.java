package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The texts of fixes that are read from a report, which anybody can have written. */
class FixTextTest {

    @Test
    void shouldReadManyDocumentsWithoutAnEndInLinearTime() {
        String text = "# " + "<<'EOF'".repeat(500_000);
        FixText read = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> FixText.read(text));
        assertThat(read.hasDocument()).isFalse();
    }

    @Test
    void shouldReadADocumentByItsEnd() {
        assertThat(FixText.read("kubectl apply -f - <<'EOF_'\nEOF\nEOF_").hasDocument())
                .isTrue();
        assertThat(FixText.read("kubectl apply -f - <<'EOF_'\nEOF\n EOF_").hasDocument())
                .isFalse();
    }
}
