package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Lists that a form shows as the lines of a text. */
public final class Lines {

    private Lines() {}

    /** The entries without white space around them and without empty ones, in a list that can be stored. */
    public static List<String> clean(Collection<String> written) {
        return written == null
                ? new ArrayList<>()
                : written.stream()
                        .map(line -> Util.fixNull(line).trim())
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A form in which these fields hold a text, with its lines (or what commas part) as lists. */
    public static JSONObject toLists(JSONObject form, String... fields) {
        for (String field : fields) {
            if (form.get(field) instanceof String text) {
                JSONArray lines = new JSONArray();
                lines.addAll(clean(Stream.of(text.split("[\\n,]")).toList()));
                form.put(field, lines);
            }
        }
        return form;
    }

    /** What a form shows of a list. */
    public static String toText(Collection<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }
}
