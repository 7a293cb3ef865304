package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds PodSecurity equal to Kubernetes' own package, message and all. */
@NeedsServers(Server.ORACLES)
class PodSecurityOracleTest {

    private static final long SEED = Long.getLong("argopreflight.seed", 20261125);
    private static final int CASES = Integer.getInteger("argopreflight.cases", 20_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Case(JsonNode pod, String level, String version) {}

    @Test
    void shouldSayWhatKubernetesSaysToGeneratedPods() throws JsonProcessingException {
        PodCases generator = new PodCases(SEED);
        List<Case> cases = Stream.generate(() -> new Case(generator.next(), generator.level(), generator.version()))
                .limit(CASES)
                .toList();

        int allowed = compare(cases);

        assertThat(allowed).as("pods that are let in").isBetween(CASES / 10, CASES * 9 / 10);
    }

    /** The pods that Kubernetes tests its own checks with, each at every level and at the versions that changed any. */
    @Test
    void shouldSayWhatKubernetesSaysToItsOwnPods() throws JsonProcessingException {
        try (Oracle oracle = Oracle.podSecurity()) {
            List<JsonNode> pods = new ArrayList<>();
            JSON.readTree(oracle.ask(List.of("{\"fixtures\":true}")).get(0))
                    .path("pods")
                    .forEach(pods::add);
            List<JsonNode> distinct = pods.stream().distinct().toList();
            assertThat(distinct).hasSizeGreaterThan(100);
            List<Case> cases = distinct.stream()
                    .flatMap(pod -> Stream.of("baseline", "restricted")
                            .flatMap(level -> IntStream.of(0, 8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35, 37)
                                    .mapToObj(minor -> new Case(pod, level, "v1." + minor))))
                    .toList();

            int allowed = compare(cases);

            assertThat(allowed).as("pods that are let in").isBetween(cases.size() / 10, cases.size() * 9 / 10);
        }
    }

    private static int compare(List<Case> cases) throws JsonProcessingException {
        int allowed = 0;
        List<String> mismatches = new ArrayList<>();
        try (Oracle oracle = Oracle.podSecurity()) {
            List<String> answers = oracle.ask(cases.stream()
                    .map(one -> PodCases.question(one.pod(), one.level(), one.version()))
                    .toList());
            for (int i = 0; i < answers.size(); i++) {
                Case one = cases.get(i);
                JsonNode answer = JSON.readTree(answers.get(i));
                String ours = PodSecurity.refusal(
                                LevelVersion.parse(one.level() + ":" + one.version()), one.pod(), LevelVersion.LATEST)
                        .map(PodSecurityRefusal::message)
                        .orElse("");
                allowed += answer.path("allowed").asBoolean() ? 1 : 0;
                if (!answer.path("message").asText("?").equals(ours)) {
                    mismatches.add("seed " + SEED + ", case " + i + ": " + one + "\n  expected: " + answer
                            + "\n  but was: " + ours);
                }
            }
        }
        assertThat(mismatches).isEmpty();
        return allowed;
    }
}
