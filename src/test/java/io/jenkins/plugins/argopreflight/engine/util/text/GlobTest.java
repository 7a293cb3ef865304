package io.jenkins.plugins.argopreflight.engine.util.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void shouldMatchAsARegularExpressionDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String glob = word(random, "ab-*?", 6);
            String name = word(random, "ab-", 8);
            boolean expected = Pattern.matches(glob.replace("*", ".*").replace("?", "."), name);
            assertThat(Glob.matches(glob, name)).as(glob + " for " + name).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotSpinOnManyStars() {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertThat(Glob.matches("*a".repeat(1000) + "b", "a".repeat(5000))).isFalse();
        });
    }

    private static String word(Random random, String letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
