package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numbers of withSequence; source: argo-workflows workflow/controller/operator.go (expandSequence). */
final class Sequence {

    /**
     * Pattern of the part after the percent sign, for formats that are equal in Go and Java. The width is less than a
     * thousand.
     */
    private static final Pattern VERB = Pattern.compile("[-+ 0#]*+[0-9]{0,3}+[dxXo]");

    private Sequence() {}

    /**
     * Returns the numbers; empty if they are known only at run time. Reports a field that is no number, and returns no
     * items for it.
     */
    static Optional<Loops.Items> items(JsonNode sequence, TemplateCall call, Simulation run) {
        return isCountable(sequence, call, run) ? numbers(sequence) : Optional.of(Loops.NONE);
    }

    /** Returns whether count or end is set and each field is a number or unknown, and reports a problem if not. */
    private static boolean isCountable(JsonNode sequence, TemplateCall call, Simulation run) {
        if (!Json.isSet(sequence, "count") && !Json.isSet(sequence, "end")) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(call.document(), call.path() + ".withSequence"),
                    "neither end nor count was specified in withSequence");
            return false;
        }
        for (String field : List.of("count", "start", "end")) {
            String text = Json.has(sequence, field) ? Json.text(sequence.get(field)) : "0";
            if (!text.matches("[+-]?\\d+") && !UnknownValues.areIn(text)) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call.withLocation(call.document(), call.path() + ".withSequence." + field),
                        "strconv.Atoi: parsing \"" + text + "\": invalid syntax: " + field
                                + " of withSequence must be an integer");
                return false;
            }
        }
        return true;
    }

    private static Optional<Loops.Items> numbers(JsonNode sequence) {
        try {
            long start = Json.has(sequence, "start") ? Long.parseLong(Json.text(sequence.get("start"))) : 0;
            long end;
            if (Json.has(sequence, "end")) {
                end = Long.parseLong(Json.text(sequence.get("end")));
            } else {
                long count = Long.parseLong(Json.text(sequence, "count"));
                if (count == 0) {
                    return Optional.of(Loops.NONE);
                }
                end = Math.addExact(start, count - 1);
            }
            long size = Math.addExact(Math.absExact(Math.subtractExact(end, start)), 1);
            String format = Json.has(sequence, "format") ? Json.text(sequence, "format") : "%d";
            if (!writesOneNumber(format)) {
                return Optional.empty();
            }
            List<JsonNode> numbers = new ArrayList<>();
            for (long i = 0; i < Math.min(size, Loops.MAX_ITEMS + 1); i++) {
                long value = start <= end ? start + i : start - i;
                String text = String.format(Locale.ROOT, format, value);
                Budget.current().chargeText(text.length());
                numbers.add(TextNode.valueOf(text));
            }
            return Optional.of(new Loops.Items(size, numbers));
        } catch (NumberFormatException | ArithmeticException | IllegalFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether the format writes one number. Other formats can create a text of any length from a short one:
     * Java writes the number again, or pads a percent sign.
     */
    private static boolean writesOneNumber(String format) {
        String verbs = format.replace("%%", "");
        int percent = verbs.indexOf('%');
        return percent >= 0
                && percent == verbs.lastIndexOf('%')
                && VERB.matcher(verbs.substring(percent + 1)).lookingAt();
    }
}
