package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames.NameError;
import io.jenkins.plugins.argopreflight.engine.model.object.Taint;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An argument of a command, or a value of a manifest. Each factory method validates its text by the rules of
 * Kubernetes, so that no check can forget this.
 *
 * @param text the text that the program gets
 * @param placeholder whether the reader has to replace the text
 * @param problem the reason why the name is invalid; {@code ""} if it is valid
 */
public record Operand(String text, boolean placeholder, String problem) {

    public static final Operand NONE = new Operand("", /* placeholder= */ false, /* problem= */ "");

    private static final Pattern REGISTRY =
            Pattern.compile("(https?://)?[A-Za-z0-9*\\[][A-Za-z0-9.*?_:/\\[\\]-]{0,500}");
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.{1,2}$)[^/%]+");
    private static final Set<String> TAINT_EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final Pattern QUANTITY = Pattern.compile("[+-]?[0-9.]+([a-zA-Z]{1,2}|[eE][+-]?[0-9]+)?");
    private static final List<String> RBAC_KINDS = List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
    private static final List<String> LABEL_KINDS = List.of("Namespace", "container", "volume");
    private static final int MAX_SHOWN_CHARACTERS = 80;

    /** Returns a placeholder that the reader has to replace, such as {@code NAME}. */
    public static Operand placeholder(String name) {
        if (!name.matches("[A-Z][A-Z0-9_/:.-]*")) {
            throw new IllegalArgumentException("a placeholder is written in capitals: " + name);
        }
        return new Operand(name, /* placeholder= */ true, /* problem= */ "");
    }

    /**
     * Returns the name of an object; a placeholder if the name is empty.
     *
     * @param kind the kind, such as {@code Secret}
     */
    public static Operand name(String kind, String name) {
        if (name.isEmpty()) {
            return placeholder("NAME");
        }
        String description = "name of a " + kind;
        return RBAC_KINDS.contains(kind)
                ? validated(name, description, pathSegment(name))
                : named(
                        name,
                        description,
                        LABEL_KINDS.contains(kind) ? ObjectNames.label(name) : ObjectNames.subdomain(name));
    }

    public static Operand namespace(String name) {
        return name.isEmpty() ? placeholder("NAMESPACE") : named(name, "name of a Namespace", ObjectNames.label(name));
    }

    /** Returns a key of a Secret or ConfigMap. */
    public static Operand key(String key) {
        return named(key, "key of a Secret or ConfigMap", ObjectNames.key(key));
    }

    /** Returns the key of a label, an annotation or a taint, or the name of a resource. */
    public static Operand qualified(String key) {
        return named(key, "key of a label or name of a resource", ObjectNames.qualified(key));
    }

    /** Returns {@code key=value} of a label. */
    public static Operand label(String key, String value) {
        return joined(qualified(key), text("="), named(value, "value of a label", ObjectNames.labelValue(value)));
    }

    /** Returns {@code key=value:effect} of a taint, in the form of kubectl. */
    public static Operand taint(Taint taint) {
        if (!TAINT_EFFECTS.contains(taint.effect())) {
            return validated(taint.toString(), "taint", List.of("such as key=value:NoSchedule"));
        }
        Operand key = taint.value().isEmpty() ? qualified(taint.key()) : label(taint.key(), taint.value());
        return joined(key, text(":" + taint.effect()));
    }

    /** Returns an amount such as {@code 128Mi}. */
    public static Operand quantity(String amount) {
        return validated(
                amount,
                "amount of a resource",
                QUANTITY.matcher(amount).matches() ? List.of() : List.of("such as 100m or 128Mi"));
    }

    /** Returns the name of an image by the kubelet's rules. */
    public static Operand image(String image) {
        try {
            return validated(ImageReference.parse(image).original(), "image", List.of());
        } catch (InvalidImageException e) {
            return validated(image, "image", List.of("REGISTRY/REPOSITORY:TAG"));
        }
    }

    /** Returns the host of a registry, or its key in a Secret. */
    public static Operand registry(String host) {
        return host.isEmpty()
                ? placeholder("REGISTRY")
                : validated(
                        host,
                        "registry",
                        REGISTRY.matcher(host).matches() ? List.of() : List.of("such as registry.example.com:5000"));
    }

    /**
     * Returns the name of a file. A name with a dash at its beginning gets a folder, so that it is not read as an
     * option.
     */
    public static Operand file(String name) {
        return text(name.startsWith("-") && name.length() > 1 ? "./" + name : name);
    }

    /** Returns a text without rules for names. */
    public static Operand text(String text) {
        return new Operand(text, /* placeholder= */ false, Visible.isVisible(text) ? "" : hiddenCharacters(text));
    }

    /** Returns a text that is invalid if it begins with a dash, because the program would read it as an option. */
    public static Operand positional(String text) {
        return text.startsWith("-")
                ? new Operand(text, /* placeholder= */ false, quoted(text) + " begins with a dash")
                : text(text);
    }

    /** Returns an argument of several parts, such as {@code --from-file=KEY=FILE}. */
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

    /** Returns the operands separated by commas. */
    public static Operand list(List<Operand> operands) {
        return operands.stream()
                .reduce((one, other) -> joined(one, text(","), other))
                .orElse(NONE);
    }

    /** Returns the JSON form: the text, or an object with the placeholder. */
    @JsonValue
    Object json() {
        return placeholder ? Map.of("placeholder", text) : text;
    }

    /** Reads the operand from its JSON form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Operand of(JsonNode json) {
        return json.isTextual()
                ? text(json.textValue())
                : new Operand(Json.text(json, "placeholder"), /* placeholder= */ true, /* problem= */ "");
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

    private static Operand named(String text, String description, List<NameError> errors) {
        return validated(text, description, errors.stream().map(NameError::rule).toList());
    }

    /**
     * Returns an operand.
     *
     * @param rules the rules that the text breaks; empty if it is valid
     */
    private static Operand validated(String text, String description, List<String> rules) {
        if (rules.isEmpty()) {
            return text(text);
        }
        return new Operand(
                text,
                /* placeholder= */ false,
                quoted(text) + " is not a valid " + description + " (" + rules.get(0) + ")");
    }

    private static String hiddenCharacters(String text) {
        return quoted(text) + " contains characters that cannot be shown";
    }

    private static String quoted(String text) {
        String shown = Visible.line(text);
        return "\"" + (shown.length() > MAX_SHOWN_CHARACTERS ? shown.substring(0, MAX_SHOWN_CHARACTERS) + "…" : shown)
                + "\"";
    }
}
