package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Regular expressions give what Go's regexp gives, or are undecided. */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class RegexGoTest {

    private static final int CASES = 25_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ATOMS = List.of(
            "a",
            "b",
            "ab",
            "x",
            ".",
            "\\d",
            "\\w",
            "\\s",
            "\\S",
            "\\W",
            "\\b",
            "\\B",
            "[ab]",
            "[^a]",
            "[a-c-]",
            "[[:alpha:]]",
            "^",
            "$",
            "\\pL",
            "\\p{Greek}",
            "ä",
            "λ",
            "😀",
            "\\.",
            "-",
            "/",
            "\\x61",
            "\\x{3bb}",
            "(?i:A)",
            "(?s:.)",
            "(?m:^b)",
            "\\Qa.b\\E",
            "\\A",
            "\\z",
            "\\C",
            "[]a]",
            "[^]a]",
            "\\pN",
            "\\P{Lu}",
            "(?P<n>a)",
            "(?<n>b)",
            "\\1",
            "\\u0061",
            "[[=a=]]",
            "");
    private static final List<String> REPEATS = List.of(
            "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{2,}", "{,2}", "**", "{1000}",
            "{1001}");
    private static final List<String> TEXTS = List.of(
            "a", "b", "ab", "c", "x", " ", "\n", "A", "B", "ä", "λ", "Λ", "😀", "1", "23", ".", "-", "/", "_", "\t",
            "é", "٣");
    private static final List<String> REPLACEMENTS = List.of(
            "", "-", "$1", "${1}x", "$1x", "$n", "${n}", "$$", "$", "${", "${}", "<$0>", "\\1", "$10", "$01", "ä$2λ");

    private final Random random = new Random(20261126);

    @Test
    void shouldGiveWhatGoGives() throws IOException {
        List<ObjectNode> questions = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            questions.add(JSON.createObjectNode()
                    .put("pattern", pattern(3))
                    .put("text", text())
                    .put("replacement", one(REPLACEMENTS))
                    .put("n", random.nextInt(5) - 1));
        }
        int decided = 0;
        int decidedByGo = 0;
        try (Oracle oracle = Oracle.regexp()) {
            List<String> answers =
                    oracle.ask(questions.stream().map(ObjectNode::toString).toList());
            for (int i = 0; i < CASES; i++) {
                decidedByGo += answers.get(i).startsWith("{\"error\"") ? 0 : 1;
                decided += compare(questions.get(i), JSON.readTree(answers.get(i))) ? 1 : 0;
            }
        }
        assertThat(decided)
                .as("cases that both decide, of " + decidedByGo + " that Go decides")
                .isGreaterThanOrEqualTo(10_000)
                .isGreaterThan(decidedByGo * 9 / 10);
    }

    /** Returns whether both libraries decide the question; checks that they agree if they do. */
    private static boolean compare(ObjectNode question, JsonNode go) {
        String pattern = question.get("pattern").asText();
        String text = question.get("text").asText();
        long most = question.get("n").asLong();
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            Object match = call("regexMatch", pattern, text);
            if (Undecided.is(match)) {
                return false;
            }
            assertThat(go.has("error")).as("%s: Go refuses it", question).isFalse();
            assertThat(match)
                    .as("match of %s", question)
                    .isEqualTo(go.get("match").asBoolean());
            assertThat(call("regexFind", pattern, text))
                    .as("find of %s", question)
                    .isEqualTo(go.get("find").asText());
            assertThat(call("regexFindAll", pattern, text, most))
                    .as("all of %s", question)
                    .isEqualTo(list(go.get("all")));
            assertThat(call("regexSplit", pattern, text, most))
                    .as("split of %s", question)
                    .isEqualTo(list(go.get("split")));
            String to = question.get("replacement").asText();
            assertThat(call("regexReplaceAll", pattern, text, to))
                    .as("replaced of %s", question)
                    .isEqualTo(go.get("replaced").asText());
            assertThat(call("regexReplaceAllLiteral", pattern, text, to))
                    .as("literal of %s", question)
                    .isEqualTo(go.get("literal").asText());
            return true;
        }
    }

    private static Object call(String name, Object... arguments) {
        try {
            return Functions.call("sprig." + name, List.of(arguments));
        } catch (OverBudget tooLarge) {
            return Undecided.AT_RUN_TIME;
        }
    }

    private static List<Object> list(JsonNode texts) {
        List<Object> list = new ArrayList<>();
        texts.forEach(each -> list.add(each.asText()));
        return list;
    }

    private String pattern(int depth) {
        StringBuilder pattern = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            if (depth > 0 && random.nextInt(4) == 0) {
                pattern.append(random.nextBoolean() ? "(" : "(?:")
                        .append(pattern(depth - 1))
                        .append(')');
            } else {
                pattern.append(one(ATOMS));
            }
            pattern.append(one(REPEATS));
            if (random.nextInt(6) == 0) {
                pattern.append('|');
            }
        }
        return pattern.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            text.append(one(TEXTS));
        }
        return text.toString();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
