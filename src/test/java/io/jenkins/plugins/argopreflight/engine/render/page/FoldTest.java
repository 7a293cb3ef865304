package io.jenkins.plugins.argopreflight.engine.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {

    @Test
    void shouldShowAFewLinesWhole() {
        assertThat(Fold.of(lines(4))).isEqualTo(new Fold(lines(4), "", 0));
    }

    @Test
    void shouldFoldManyLinesBehindTheFirst() {
        Fold fold = Fold.of(lines(20));
        assertThat(fold.isFolded()).isTrue();
        assertThat(fold.head()).isEqualTo("line 0\nline 1");
        assertThat(fold.more()).isEqualTo(18);
        assertThat(fold.head() + "\n" + fold.rest()).isEqualTo(lines(20));
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }
}
