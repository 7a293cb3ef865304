package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.kube.ObjectNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One argument of a command, or one value of a manifest. Each factory knows what Kubernetes accepts there, so that a
 * check cannot forget it.
 *
 * @param text as a program shall get it
 * @param placeholder whether the reader has to write something in its place
 * @param problem why nothing can be called that; "" when it can
 */
public record Operand(String text, boolean placeholder, String problem) {

    public static final Operand NONE = new Operand("", false, "");

    private static final Pattern REGISTRY =
            Pattern.compile("(https?://)?[A-Za-z0-9*\\[][A-Za-z0-9.*?_:/\\[\\]-]{0,500}");
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/%]+");
    private static final Pattern TAINT =
            Pattern.compile("(?s)(?<key>[^=]*)(=(?<value>.*))?:(?<effect>NoSchedule|PreferNoSchedule|NoExecute)");
    private static final Pattern QUANTITY = Pattern.compile("[+-]?[0-9.]+([a-zA-Z]{1,2}|[eE][+-]?[0-9]+)?");
    private static final List<String> OF_RBAC = List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    private static final List<String> LABELS = List.of("Namespace", "container", "volume");
    private static final int SHOWN = 80;

    /** What the reader has to fill in, such as {@code NAME}. */
    public static Operand placeholder(String name) {
        if (!name.matches("[A-Z][A-Z0-9_/:.-]*")) {
            throw new IllegalArgumentException("a placeholder is written in capitals: " + name);
        }
        return new Operand(name, true, "");
    }

    /** The name of an object; a placeholder where it has none. @param kind such as {@code Secret} */
    public static Operand name(String kind, String name) {
        if (name.isEmpty()) {
            return placeholder("NAME");
        }
        List<String> errors = OF_RBAC.contains(kind)
                ? pathSegment(name)
                : LABELS.contains(kind) ? ObjectNames.label(name) : ObjectNames.subdomain(name);
        return named(name, "name of a " + kind, errors);
    }

    public static Operand namespace(String name) {
        return name.isEmpty() || name.equals("NAMESPACE")
                ? placeholder("NAMESPACE")
                : named(name, "name of a Namespace", ObjectNames.label(name));
    }

    /** A key in a Secret or a ConfigMap. */
    public static Operand key(String key) {
        return key.equals("KEY") ? placeholder(key) : named(key, "key of a Secret or ConfigMap", ObjectNames.key(key));
    }

    /** The key of a label, an annotation or a taint, or the name of a resource. */
    public static Operand qualified(String key) {
        return named(key, "key of a label or name of a resource", ObjectNames.qualified(key));
    }

    /** {@code key=value} of a label. */
    public static Operand label(String key, String value) {
        return joined(qualified(key), text("="), named(value, "value of a label", ObjectNames.labelValue(value)));
    }

    /** {@code key=value:effect} of a taint, as kubectl writes it. */
    public static Operand taint(String taint) {
        Matcher parts = TAINT.matcher(taint);
        if (!parts.matches()) {
            return named(taint, "taint", List.of("such as key=value:NoSchedule"));
        }
        Operand key = parts.group("value") == null
                ? qualified(parts.group("key"))
                : label(parts.group("key"), parts.group("value"));
        return joined(key, text(":" + parts.group("effect")));
    }

    /** An amount such as {@code 128Mi}. */
    public static Operand quantity(String amount) {
        return named(
                amount,
                "amount of a resource",
                QUANTITY.matcher(amount).matches() ? List.of() : List.of("such as 100m or 128Mi"));
    }

    /** An image that the kubelet would accept. */
    public static Operand image(String image) {
        try {
            return named(ImageReference.parse(image).original(), "image", List.of());
        } catch (InvalidImageException e) {
            return named(image, "image", List.of("REGISTRY/REPOSITORY:TAG"));
        }
    }

    /** A registry's host, or the key that stands for it in a Secret. */
    public static Operand registry(String host) {
        return host.isEmpty()
                ? placeholder("REGISTRY")
                : named(
                        host,
                        "registry",
                        REGISTRY.matcher(host).matches() ? List.of() : List.of("such as registry.example.com:5000"));
    }

    /** A file; one whose name begins with a dash is no option. */
    public static Operand file(String name) {
        return text(name.startsWith("-") && name.length() > 1 ? "./" + name : name);
    }

    /** Anything that is no name. */
    public static Operand text(String text) {
        return new Operand(text, false, Visible.isVisible(text) ? "" : hidden(text));
    }

    /** Anything that is no name and stands where a program would read an option. */
    public static Operand positional(String text) {
        return text.startsWith("-") ? new Operand(text, false, quoted(text) + " begins with a dash") : text(text);
    }

    /** Parts of one argument, such as {@code --from-file=KEY=FILE}. */
    public static Operand joined(Operand... parts) {
        return new Operand(
                Stream.of(parts).map(Operand::text).collect(Collectors.joining()),
                Stream.of(parts).allMatch(Operand::placeholder),
                Stream.of(parts)
                        .map(Operand::problem)
                        .filter(problem -> !problem.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** With commas between them. */
    public static Operand list(List<Operand> operands) {
        return operands.stream()
                .reduce((one, other) -> joined(one, text(","), other))
                .orElse(NONE);
    }

    /** As JSON has it: the text, or an object with the placeholder. */
    @JsonValue
    Object json() {
        return placeholder ? Map.of("placeholder", text) : text;
    }

    /** What JSON has. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Operand of(JsonNode json) {
        return json.isTextual()
                ? text(json.textValue())
                : new Operand(json.path("placeholder").asText(""), true, "");
    }

    @JsonIgnore
    public boolean isEmpty() {
        return text.isEmpty();
    }

    Optional<String> ifProblem() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    private static List<String> pathSegment(String name) {
        return PATH_SEGMENT.matcher(name).matches() && !name.startsWith("-")
                ? List.of()
                : List.of("it must not contain '/' or '%', or begin with '-'");
    }

    private static Operand named(String text, String what, List<String> errors) {
        if (errors.isEmpty()) {
            return text(text);
        }
        return new Operand(
                text,
                false,
                quoted(text) + " is not a valid " + what + " (" + errors.get(0).replaceFirst(" \\(e\\.g\\. .*", "")
                        + ")");
    }

    private static String hidden(String text) {
        return quoted(text) + " contains characters that cannot be shown";
    }

    private static String quoted(String text) {
        String shown = Visible.line(text);
        return "\"" + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown) + "\"";
    }
}
