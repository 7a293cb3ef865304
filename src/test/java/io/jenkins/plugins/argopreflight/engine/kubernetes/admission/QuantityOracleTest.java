package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds Quantity equal to Kubernetes' own. */
@NeedsServers(Server.ORACLES)
class QuantityOracleTest {

    private static final long SEED = Long.getLong("argopreflight.seed", 20261125);
    private static final int CASES = Integer.getInteger("argopreflight.cases", 20_000);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] SUFFIXES = {
        "", "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e3", "E-2", "e+1",
        "e0", "e6", "K", "mi", "e", "x"
    };

    private final Random random = new Random(SEED);

    @Test
    void shouldReadAddRoundAndWriteAsKubernetesDoes() throws JsonProcessingException {
        List<List<String>> cases = Stream.generate(() ->
                        Stream.generate(this::text).limit(1 + random.nextInt(3)).toList())
                .limit(CASES)
                .toList();
        List<String> mismatches = new ArrayList<>();
        int valid = 0;
        try (Oracle oracle = Oracle.podSecurity()) {
            List<String> answers =
                    oracle.ask(cases.stream().map(QuantityOracleTest::question).toList());
            for (int i = 0; i < CASES; i++) {
                JsonNode expected = JSON.readTree(answers.get(i));
                JsonNode ours = JSON.readTree(answer(cases.get(i)).toString());
                valid += expected.has("error") ? 0 : 1;
                if (!expected.equals(ours)) {
                    mismatches.add(cases.get(i) + "\n  expected: " + expected + "\n  but was: " + ours);
                }
            }
        }
        assertThat(mismatches).isEmpty();
        assertThat(valid).isBetween(CASES / 2, CASES * 19 / 20);
    }

    private String text() {
        StringBuilder text = new StringBuilder(random.nextInt(40) == 0 ? "+" : "");
        int digits = random.nextInt(8) == 0 ? random.nextInt(20) : 1 + random.nextInt(5);
        for (int i = 0; i < digits; i++) {
            text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
        }
        if (random.nextInt(4) == 0) {
            text.append('.');
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
            }
        }
        return text.append(SUFFIXES[random.nextInt(SUFFIXES.length)]).toString();
    }

    private static String question(List<String> texts) {
        ObjectNode question = JSON.createObjectNode();
        texts.forEach(question.putArray("quantities")::add);
        return question.toString();
    }

    private static ObjectNode answer(List<String> texts) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode canonical = answer.putArray("canonical");
        ArrayNode milli = answer.putArray("milli");
        ArrayNode compare = answer.putArray("compare");
        ArrayNode value = answer.putArray("value");
        ArrayNode milliValue = answer.putArray("milliValue");
        Quantity sum = null;
        Quantity last = null;
        try {
            for (String text : texts) {
                Quantity quantity = Quantity.parse(text);
                Quantity rounded = quantity.roundedToMilli();
                canonical.add(quantity.toString());
                milli.add(rounded.toString());
                value.add(rounded.value());
                milliValue.add(rounded.compareTo(Quantity.of(Long.MAX_VALUE / 1000)) <= 0 ? rounded.milliValue() : 0);
                if (last != null) {
                    compare.add(last.compareTo(quantity));
                }
                sum = sum == null ? quantity : sum.plus(quantity);
                last = quantity;
            }
        } catch (IllegalArgumentException e) {
            return JSON.createObjectNode().put("error", e.getMessage());
        }
        if (texts.size() == 1) {
            answer.putNull("compare");
        }
        return answer.put("sum", sum.toString());
    }
}
