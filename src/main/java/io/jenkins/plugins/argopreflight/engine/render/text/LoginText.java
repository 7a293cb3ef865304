package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A login check as text for a terminal: the verdict, then the registry's answer for each image. */
public final class LoginText {

    private final Style style;

    public LoginText(Style style) {
        this.style = style;
    }

    /** Renders the whole report, with a newline at its end. */
    public String render(LoginCheck.Result result) {
        List<PullRow> pulls = result.pulls();
        String text = Stream.of(Tone.BAD, Tone.UNKNOWN, Tone.GOOD)
                .map(tone -> count(pulls, tone))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        String cost = String.format(
                Locale.ROOT,
                "%s to registries, %.1f s",
                NameList.count(result.registryCalls(), "request"),
                result.wall().toMillis() / 1000.0);
        return Stream.of(
                        List.of(Tone.of(RunResult.of(pulls)).mark(style) + style.strong(text)),
                        new PullTable(style).lines(pulls),
                        Renewals.lines(style, pulls),
                        List.of(style.dim(cost)))
                .filter(section -> !section.isEmpty())
                .map(section -> String.join("\n", section) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static String count(List<PullRow> pulls, Tone tone) {
        long count =
                pulls.stream().filter(pull -> Tone.of(pull.verdict()) == tone).count();
        if (count == 0) {
            return "";
        }
        return NameList.count(count, "image")
                + switch (tone) {
                    case GOOD -> " can be pulled";
                    case UNKNOWN -> " could not be checked";
                    case BAD -> " cannot be pulled";
                };
    }
}
