package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymptomMessagesTest {

    private static final SymptomTable TABLE = SymptomTable.get();

    /** A text, where it was seen, and the entry that it is for. */
    record Message(TextOrigin place, String entry, String text) {}

    static List<Message> messages() throws IOException {
        List<Message> messages = new ArrayList<>();
        for (String line : Files.readAllLines(ProjectRoot.path().resolve("src/test/resources/diagnose/messages.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(" \\| ", 3);
                messages.add(new Message(
                        TextOrigin.valueOf(
                                parts[0].strip().toUpperCase(Locale.ROOT).replace('-', '_')),
                        parts[1].strip(),
                        parts[2].replace("\\n", "\n")));
            }
        }
        return messages;
    }

    private static String entry(TextOrigin place, String text) {
        return TABLE.match(place, text).map(match -> match.entry().id()).orElse("-");
    }

    @Test
    void shouldKnowEveryTextThatWasSeen() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Message each : messages()) {
            String found = entry(each.place(), each.text());
            if (!found.equals(each.entry())) {
                wrong.add(each.entry() + " expected, found " + found + ": " + each.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldKnowThemInsideOfOtherText() throws IOException {
        for (Message each : messages()) {
            if (TABLE.entry(each.entry()).messages().stream()
                    .noneMatch(one -> one.toString().startsWith("^"))) {
                assertThat(entry(
                                each.place(),
                                "rpc error: code = Unknown desc = " + each.text() + " (repeated 3 times)"))
                        .as(each.text())
                        .isNotEqualTo("-");
            }
        }
    }

    /** Values of the pod, its container or the workflow are known wherever the text was seen. */
    @Test
    void shouldHaveEachValueThatATitleNames() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Message each : messages()) {
            SymptomTable.Match match = TABLE.match(each.place(), each.text()).orElseThrow();
            Set<String> known = new HashSet<>(match.values().keySet());
            known.addAll(List.of("namespace", "workflow", "pod", "account", "account-namespace", "argo", "deployment"));
            known.addAll(List.of("settings", "container", "stopped-by"));
            if (Set.of(TextOrigin.PULL, TextOrigin.START, TextOrigin.EXIT, TextOrigin.LOG)
                    .contains(each.place())) {
                known.addAll(List.of("image", "registry", "node"));
            }
            Map<String, String> values = known.stream().collect(Collectors.toMap(name -> name, name -> name));
            String title = Values.first(match.entry().titles(), values);
            if (!Values.isKnown(title, values)) {
                wrong.add(match.entry().id() + ": " + title + " of " + each.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldFillTitlesThatFitIntoALine() throws IOException {
        for (Message each : messages()) {
            SymptomTable.Match match = TABLE.match(each.place(), each.text()).orElseThrow();
            assertThat(Values.title(match.entry().title(), match.values()).length())
                    .isLessThanOrEqualTo(80);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "child 'build-x' failed",
                "error in entry template execution: timeout",
                "No more retries left",
                "Max duration limit exceeded",
                "Backoff would exceed max duration limit",
                "retryStrategy.expression evaluated to false",
                "template has failed or errored children and failFast enabled",
                "Step exceeded its deadline",
                "build-x exceeded its deadline",
                "Stopped with strategy 'Stop'",
                "workflow shutdown with strategy:  Terminate"
            })
    void shouldCallAConsequenceOne(String text) {
        assertThat(TABLE.isConsequence(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Max parallelism reached",
                "resource creation rate-limit reached",
                "Workflow processing has been postponed because too many workflows are already running",
                "Waiting for ci/Mutex/deploy lock. Lock status: 0/1",
                "Waiting to acquire the synchronization lock. Lock status: 0/1",
                "Backoff for 2 minutes 10 seconds",
                "Deadline exceeded"
            })
    void shouldCallWhatWaitsWaiting(String text) {
        assertThat(TABLE.waitReason(text)).isPresent();
    }

    @Test
    void shouldReadAnyTextWithoutFailing() throws IOException {
        Random random = new Random(20261126);
        List<Message> messages = messages();
        for (int i = 0; i < 4_000; i++) {
            StringBuilder text = new StringBuilder();
            int parts = 1 + random.nextInt(4);
            for (int part = 0; part < parts; part++) {
                String from = messages.get(random.nextInt(messages.size())).text();
                int begin = random.nextInt(from.length());
                text.append(from, begin, begin + random.nextInt(from.length() - begin));
                text.append((char) random.nextInt(0x2100));
            }
            String fuzzed = text.toString();
            for (TextOrigin place : TextOrigin.values()) {
                assertThatCode(() -> TABLE.match(place, fuzzed)).as(fuzzed).doesNotThrowAnyException();
            }
        }
    }

    /** The pieces are texts that make a search begin again and again. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "secret \"", "failed to look-up entrypoint/cmd for image \"", "exceeded quota: ", "\n"})
    void shouldTakeTimeInProportionToTheLength(String piece) {
        long half = steps(piece.repeat((1 << 19) / piece.length()));
        long whole = steps(piece.repeat((1 << 20) / piece.length()));
        assertThat((double) whole / half).isLessThan(2.5);
    }

    /** Characters that the whole table searches through. */
    private static long steps(String text) {
        return Pattern.countingSteps(() -> {
            for (TextOrigin place : TextOrigin.values()) {
                TABLE.match(place, text);
            }
        });
    }
}
