package io.jenkins.plugins.argopreflight.engine.model.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of Kubernetes for names. Each method returns the errors in a name. Source: k8s.io/apimachinery
 * pkg/util/validation/validation.go.
 */
public final class ObjectNames {

    private static final int MAX_LABEL_CHARACTERS = 63;
    private static final int MAX_SUBDOMAIN_CHARACTERS = 253;

    public static final String SUBDOMAIN_RULE = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final String SUBDOMAIN = LABEL.pattern() + "(\\." + LABEL.pattern() + ")*";
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern LABEL_VALUE = Pattern.compile("(" + QUALIFIED.pattern() + ")?");
    private static final Pattern ENVIRONMENT = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

    /**
     * An error in a name, in the words of the API server.
     *
     * @param rule the rule that the name breaks
     * @param explanation the rest of the API server's text, with valid names and the regular expression; "" for none
     */
    public record NameError(String rule, String explanation) {

        private static NameError of(String rule) {
            return new NameError(rule, "");
        }

        /** Returns the whole text of the API server. */
        public String text() {
            return explanation.isEmpty() ? rule : rule + " " + explanation;
        }

        private NameError inPart(String part) {
            return new NameError(part + " " + rule, explanation);
        }
    }

    private ObjectNames() {}

    /** Returns the errors in the name of a container, volume or namespace; empty if it is valid. */
    public static List<NameError> label(String name) {
        List<NameError> errors = tooLong(name, MAX_LABEL_CHARACTERS);
        if (!LABEL.matcher(name).matches()) {
            errors.add(
                    isSubdomain(name)
                            ? NameError.of("must not contain dots")
                            : new NameError(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                                            + " and must start and end with an alphanumeric character",
                                    examples(LABEL.pattern(), "my-name", "123-abc")));
        }
        return errors;
    }

    /** Returns the errors in the name of a pod, ServiceAccount, Secret and most other objects; empty if it is valid. */
    public static List<NameError> subdomain(String name) {
        List<NameError> errors = tooLong(name, MAX_SUBDOMAIN_CHARACTERS);
        if (!isSubdomain(name)) {
            errors.add(new NameError(SUBDOMAIN_RULE, examples(SUBDOMAIN, "example.com")));
        }
        return errors;
    }

    /** Returns the rule that an invalid subdomain breaks: its length if that is wrong, else its characters. */
    public static String brokenSubdomainRule(String name) {
        return tooLong(name, MAX_SUBDOMAIN_CHARACTERS).stream()
                .findFirst()
                .map(NameError::rule)
                .orElse(SUBDOMAIN_RULE);
    }

    /**
     * Returns whether each label of a name is valid. One expression for the whole name would take a frame of the stack
     * for each label.
     */
    private static boolean isSubdomain(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .allMatch(label -> LABEL.matcher(label).matches());
    }

    /** Returns the errors in the key of a label, an annotation or the name of a resource; empty if it is valid. */
    public static List<NameError> qualified(String name) {
        List<NameError> errors = new ArrayList<>();
        NameError shape = new NameError(
                "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                        + " character",
                examples(QUALIFIED.pattern(), "MyName", "my.name", "123-abc"));
        String[] parts = name.split("/", -1);
        if (parts.length > 2) {
            errors.add(new NameError(
                    "a qualified name " + shape.rule(),
                    shape.explanation()
                            + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"));
            return errors;
        }
        if (parts.length == 2 && parts[0].isEmpty()) {
            errors.add(NameError.of("prefix part must be non-empty"));
        } else if (parts.length == 2) {
            subdomain(parts[0]).forEach(error -> errors.add(error.inPart("prefix part")));
        }
        String local = parts[parts.length - 1];
        if (local.isEmpty()) {
            errors.add(NameError.of("name part must be non-empty"));
        }
        tooLong(local, MAX_LABEL_CHARACTERS).forEach(error -> errors.add(error.inPart("name part")));
        if (!QUALIFIED.matcher(local).matches()) {
            errors.add(shape.inPart("name part"));
        }
        return errors;
    }

    /** Returns the errors in the value of a label; empty if it is valid. */
    public static List<NameError> labelValue(String value) {
        List<NameError> errors = tooLong(value, MAX_LABEL_CHARACTERS);
        if (!LABEL_VALUE.matcher(value).matches()) {
            errors.add(new NameError(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character",
                    examples(LABEL_VALUE.pattern(), "MyValue", "my_value", "12345")));
        }
        return errors;
    }

    /**
     * Returns the errors in an environment variable's name; empty if it is valid.
     *
     * @param clusterMinor the minor version of Kubernetes; from 1.32 on nearly every name is valid
     */
    public static List<NameError> environment(String name, int clusterMinor) {
        if (clusterMinor >= 32) {
            return name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '=')
                    ? List.of()
                    : List.of(NameError.of("a valid environment variable name must consist only of printable ASCII"
                            + " characters other than '='"));
        }
        List<NameError> errors = new ArrayList<>();
        if (!ENVIRONMENT.matcher(name).matches()) {
            errors.add(new NameError(
                    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.',"
                            + " and must not start with a digit",
                    examples(ENVIRONMENT.pattern(), "my.env-name", "MY_ENV.NAME", "MyEnvName1")));
        }
        errors.addAll(parentPathErrors(name));
        return errors;
    }

    /** Returns the errors in a key of a Secret or ConfigMap; empty if it is valid. */
    public static List<NameError> key(String key) {
        List<NameError> errors = tooLong(key, MAX_SUBDOMAIN_CHARACTERS);
        if (!KEY.matcher(key).matches()) {
            errors.add(new NameError(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    examples(KEY.pattern(), "key.name", "KEY_NAME", "key-name")));
        }
        errors.addAll(parentPathErrors(key));
        return errors;
    }

    /** Returns the errors in a name that would be a path to a parent folder. */
    private static List<NameError> parentPathErrors(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of(NameError.of("must not be '" + name + "'"));
        }
        return name.startsWith("..") ? List.of(NameError.of("must not start with '..'")) : List.of();
    }

    private static List<NameError> tooLong(String name, int maxCharacters) {
        List<NameError> errors = new ArrayList<>();
        if (name.length() > maxCharacters) {
            errors.add(NameError.of("must be no more than " + maxCharacters + " characters"));
        }
        return errors;
    }

    private static String examples(String regex, String... examples) {
        return "(e.g. '" + String.join("',  or '", examples) + "', regex used for validation is '" + regex + "')";
    }
}
