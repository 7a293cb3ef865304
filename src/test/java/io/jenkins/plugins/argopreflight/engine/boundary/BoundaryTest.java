package io.jenkins.plugins.argopreflight.engine.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.hostile.SmallHeap;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of every kind that send whatever they like: each run ends in a small heap, in time, with one sentence. */
class BoundaryTest {

    private static final int CASES = Integer.getInteger("argopreflight.fuzz", 10_000) / 100;

    /** A loaded machine needs a multiple of what is allowed to a server. */
    private static final long MOST_MILLIS = 20_000;

    /** The time that a loaded machine needs after the last time limit of a run. */
    private static final long SPARE_MILLIS = 5_000;

    private static List<String[]> attacks;

    @BeforeAll
    static void attack() throws Exception {
        attacks = SmallHeap.run(BoundaryRuns.class, 10, "attacks");
    }

    @Test
    void shouldEndEveryAttack() {
        for (Role role : Role.values()) {
            for (Attack attack : Attack.values()) {
                String sentence = line(attacks, role, attack.name())[4];
                if (attack.isOfFraming() && (attack.isOfHead() || role != Role.REGISTRY_ERROR)) {
                    assertThat(sentence).contains("HTTP headers or chunk sizes larger than 64 KiB");
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            REGISTRY_ERROR | REDIRECT_LOOP                  | UNKNOWN             | redirects without end
            REGISTRY_ERROR | REDIRECT_TO_METADATA           | UNKNOWN             | metadata address 169.254.169.254
            REGISTRY_ERROR | REDIRECT_TO_HTTP               | UNKNOWN             | from https to plain http
            REGISTRY_ERROR | REDIRECT_TO_FILE               | UNKNOWN             | without a plain host
            REGISTRY_ERROR | REDIRECT_TO_GARBAGE            | UNKNOWN             | not a URL
            REGISTRY_ERROR | REALM_ON_METADATA              | UNKNOWN             | metadata address 169.254.169.254
            REGISTRY_ERROR | REALM_ON_METADATA_NAME         | UNKNOWN             | metadata service
            REGISTRY_ERROR | REALM_ON_METADATA_OF_AWS       | UNKNOWN             | metadata address
            REGISTRY_ERROR | REALM_ON_LINK_LOCAL            | UNKNOWN             | metadata address
            REGISTRY_ERROR | REALM_ON_MAPPED_METADATA       | UNKNOWN             | metadata address
            REGISTRY_ERROR | REALM_RESOLVED_TO_METADATA     | UNKNOWN             | metadata address 169.254.169.254
            REGISTRY_ERROR | REALM_ON_THIS_MACHINE          | UNKNOWN             | this machine's own address 127.0.0.1
            REGISTRY_ERROR | REALM_RESOLVED_TO_THIS_MACHINE | UNKNOWN             | this machine's own address
            REGISTRY_ERROR | REALM_OF_HTTP                  | UNKNOWN             | the password would be readable on the network
            REGISTRY_ERROR | REALM_OF_GARBAGE               | UNKNOWN             | whose realm is not a URL
            REGISTRY_ERROR | REALM_WITH_USER                | UNKNOWN             | whose realm is not a URL
            REGISTRY_ERROR | REALM_OF_GOPHER                | UNKNOWN             | whose realm is not a URL
            REGISTRY_ERROR | REALM_ON_NO_PORT               | UNREACHABLE         | ports end at 65535
            REGISTRY_ERROR | REALM_NOWHERE                  | UNREACHABLE         | no such host
            REGISTRY_ERROR | NO_CHALLENGE                   | MISSING_OR_NO_RIGHT | without credentials
            REGISTRY_ERROR | CHALLENGES                     | MISSING_OR_NO_RIGHT | without credentials
            REGISTRY_ERROR | CHALLENGE_OF_GARBAGE           | MISSING_OR_NO_RIGHT | without credentials
            REGISTRY_ERROR | STATUS_407                     | UNKNOWN             | HTTP 407
            REGISTRY_ERROR | STATUS_999                     | UNKNOWN             | HTTP 999
            REGISTRY_ERROR | SWITCH                         | UNREACHABLE         | could not be reached
            REGISTRY_ERROR | NO_HTTP                        | UNREACHABLE         | could not be reached
            REGISTRY_ERROR | HINTS                          | UNREACHABLE         | could not be reached
            REGISTRY_ERROR | HEADERS                        | UNREACHABLE         | headers or chunk sizes larger than 64 KiB
            REGISTRY_ERROR | SILENCE                        | UNREACHABLE         | i/o timeout after 3 s
            REGISTRY_ERROR | SLOW_HEADER                    | UNREACHABLE         | i/o timeout
            REGISTRY_ERROR | SLOW_LINE                      | NOT_FOUND           | has no tag v1.2
            REGISTRY_ERROR | LYING_LENGTH                   | NOT_FOUND           | has no tag v1.2
            REGISTRY_ERROR | NEGATIVE_LENGTH                | NOT_FOUND           | has no tag v1.2
            REGISTRY_ERROR | LENGTH                         | NOT_FOUND           | has no tag v1.2
            REGISTRY_ERROR | JSON_DEPTH                     | NOT_FOUND           | has no tag v1.2
            REGISTRY_ERROR | CONTROLS                       | NOT_FOUND           | it says: a [31mb c
            TOKEN_SERVER   | TOKEN                          | UNKNOWN             | answered without a token
            TOKEN_SERVER   | TOKEN_HEADER                   | UNKNOWN             | answered without a token
            TOKEN_SERVER   | TOKEN_TYPE                     | UNKNOWN             | answered without a token
            TOKEN_SERVER   | NO_JSON                        | UNKNOWN             | answered without a token
            """)
    void shouldReportWhatARegistryDid(Role role, Attack attack, Verdict verdict, String reason) {
        String[] line = line(attacks, role, attack.name());
        assertThat(Long.parseLong(line[3])).isLessThan(BoundaryRuns.SLOW.toMillis() + SPARE_MILLIS);
        assertThat(line[4])
                .startsWith(verdict + " ")
                .contains(reason, Role.HOST)
                .endsWith(".");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "API_SERVER, SILENCE, TIMEOUT, no answer in time",
        "API_SERVER, NEGATIVE_LENGTH, UNREACHABLE, malformed HTTP answer",
        "ARGO_SERVER, NEGATIVE_LENGTH, UNREACHABLE, malformed HTTP answer",
        "LIST, PAGE, SERVER_ERROR, each page names the same next page",
        "WATCH, EVENT, TOO_LARGE, larger than",
        "WATCH, NO_JSON, SERVER_ERROR, not"
    })
    void shouldReportWhatAnApiServerDid(Role role, Attack attack, Kind kind, String reason) {
        assertThat(line(attacks, role, attack.name())[4]).startsWith(kind + " ").contains(reason);
    }

    /** A reset after each number of bytes, also after all of them. */
    @Test
    void shouldEndWhereverAConnectionIsReset() throws Exception {
        List<String[]> lines = SmallHeap.run(BoundaryRuns.class, 10, "resets");

        for (Role role : Role.values()) {
            for (int i = 0; i <= role.answer().length(); i++) {
                line(lines, role, "RESET_" + i);
            }
        }
    }

    @Test
    @Tag("fuzz")
    void shouldEndWhateverIsAnswered() throws Exception {
        List<String[]> lines = SmallHeap.run(BoundaryRuns.class, 20, "generated", String.valueOf(CASES));

        for (int i = 0; i < CASES; i++) {
            line(lines, Role.values()[i % Role.values().length], "GENERATED_" + i);
        }
    }

    /** Returns the line of a run; its sentence names the server. */
    private static String[] line(List<String[]> lines, Role role, String attack) {
        List<String[]> found = lines.stream()
                .filter(line -> line[0].equals(role.name()) && line[1].equals(attack))
                .toList();
        assertThat(found).as("%s %s", role, attack).hasSize(1);
        String[] line = found.get(0);
        assertThat(Long.parseLong(line[3])).as(Arrays.toString(line)).isLessThan(MOST_MILLIS);
        assertThat(line[4])
                .as("%s %s", role, attack)
                .containsAnyOf("http://127.0.0.1:", Role.HOST)
                .hasSizeBetween(20, 900)
                .doesNotContain("internal error", "Exception", "c4n4ry")
                .doesNotContainPattern("\\p{Cntrl}");
        return line;
    }
}
