package io.jenkins.plugins.argopreflight.engine.util.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Our reader gives the parser the same characters at the same places as the parser's own reader. */
@ExtendWith(InRun.class)
class YamlTextTest {

    private static final List<String> PIECES = List.of(
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            "\n    ",
            "\r\n",
            "\r",
            ": ",
            "'",
            "\"",
            "|\n",
            ">-\n",
            "# c",
            "---\n",
            "...\n",
            "&x ",
            "*x",
            "!!str ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\t",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uD83D\uDE00",
            "é",
            "\\u0041",
            "? ",
            "%YAML 1.1\n",
            "<<: ",
            "long ".repeat(300),
            "x".repeat(1_100),
            "\u0007",
            "\uD83D");

    private static final String UNREADABLE = "a character is not allowed";

    @Test
    void shouldReadAsTheParsersOwnReaderDoes() {
        Random random = new Random(7);
        int parsed = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(25); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String yaml = text.toString();
            String own = events(() -> new StreamReader(yaml));
            String ours = events(() -> new YamlText(yaml, characters -> {}));
            if (ours.equals(UNREADABLE)) {
                assertThat(own).as(yaml).doesNotContain("StreamEnd");
                continue;
            }
            assertThat(ours).as(yaml).isEqualTo(own);
            parsed += own.contains("StreamEnd") ? 1 : 0;
        }
        assertThat(parsed).isGreaterThan(2_000);
    }

    @Test
    void shouldChargeWhatWasRead() {
        String scalar = "a: " + "x".repeat(1 << 20) + "\n";
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.WORK_UNITS, 10_000))) {
            assertThatThrownBy(() -> events(() -> new YamlText(scalar, Budget.current()::chargeRead)))
                    .isInstanceOf(OverBudget.class);
        }
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.WORK_UNITS, 20_000))) {
            assertThat(events(() -> new YamlText(scalar, Budget.current()::chargeRead)))
                    .contains("StreamEnd");
        }
    }

    /** Returns the events with their positions, or the problem and its position. */
    private static String events(Supplier<StreamReader> reader) {
        StringBuilder events = new StringBuilder();
        try {
            ParserImpl parser = new ParserImpl(reader.get(), new LoaderOptions());
            while (parser.peekEvent() != null) {
                Event event = parser.getEvent();
                events.append(event.getEventId())
                        .append(event)
                        .append(at(event.getStartMark()))
                        .append(at(event.getEndMark()))
                        .append('\n');
            }
        } catch (MarkedYAMLException e) {
            events.append(e.getContext()).append(e.getProblem()).append(at(e.getProblemMark()));
        } catch (YAMLException e) {
            return UNREADABLE;
        }
        return events.toString();
    }

    private static String at(Mark mark) {
        return mark == null ? "" : " " + mark.getIndex() + ":" + mark.getLine() + ":" + mark.getColumn();
    }
}
