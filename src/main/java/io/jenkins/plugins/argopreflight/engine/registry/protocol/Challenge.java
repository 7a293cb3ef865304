package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of WWW-Authenticate (<a href="https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate">RFC 9110,
 * 11.6.1</a>), read tolerantly: several headers, several challenges in one, any case, quoted commas.
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters by name in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    private static final int MAX_CHALLENGES = 32;
    private static final int MAX_HEADER_CHARACTERS = 16 * 1024;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";
    /** Matches a parameter such as {@code realm="https://…"}: its name, then its value in quotes or without. */
    private static final Pattern PARAMETER =
            Pattern.compile("[\\s,]*+(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)(?:\"|$)|([^\\s,\"]*))\\s*");
    /** Matches a scheme such as {@code Bearer}: a word that no {@code =} follows. */
    private static final Pattern SCHEME = Pattern.compile("[\\s,]*+(" + TOKEN + ")(?=\\s|,|$)(?!\\s*=)\\s*");

    boolean isBearer() {
        return scheme.equals("bearer");
    }

    boolean isBasic() {
        return scheme.equals("basic");
    }

    public String get(String parameter) {
        return parameters.getOrDefault(parameter, "");
    }

    /**
     * Returns whether two challenges ask for the same login: both are Basic, or both have the same scheme, realm and
     * service. The scope is not compared.
     */
    boolean isEquivalentTo(Challenge other) {
        return scheme.equals(other.scheme)
                && (isBasic()
                        || get("realm").equals(other.get("realm"))
                                && get("service").equals(other.get("service")));
    }

    static List<Challenge> parse(List<String> headers) {
        List<Challenge> found = new ArrayList<>();
        for (String header : headers) {
            parse(header.length() > MAX_HEADER_CHARACTERS ? header.substring(0, MAX_HEADER_CHARACTERS) : header, found);
        }
        return List.copyOf(found);
    }

    private static void parse(String header, List<Challenge> found) {
        Matcher parameter = PARAMETER.matcher(header);
        Matcher scheme = SCHEME.matcher(header);
        Map<String, String> current = null;
        int at = 0;
        while (at < header.length() && found.size() < MAX_CHALLENGES) {
            if (parameter.region(at, header.length()).lookingAt()) {
                if (current != null) {
                    String quoted = parameter.group(2);
                    current.putIfAbsent(
                            parameter.group(1).toLowerCase(Locale.ROOT),
                            quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                }
                at = parameter.end();
            } else if (scheme.region(at, header.length()).lookingAt()) {
                current = new LinkedHashMap<>();
                found.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), current));
                at = scheme.end();
            } else {
                at = skipGarbage(header, at);
            }
        }
    }

    private static int skipGarbage(String header, int from) {
        int at = from + 1;
        while (at < header.length() && header.charAt(at) != ',' && header.charAt(at) != ' ') {
            at++;
        }
        return at;
    }
}
