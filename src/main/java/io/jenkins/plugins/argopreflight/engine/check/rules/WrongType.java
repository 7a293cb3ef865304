package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.FieldWalk;
import java.util.List;

/** A field holds what its type does not allow: nobody accepts the object. Source: as UnknownField. */
public final class WrongType extends FieldCheck {

    private static final CheckInfo INFO = info(
            "wrong-type", "A field holds a value of the wrong type, such as a string where a list of objects belongs");

    public WrongType() {
        super(INFO);
    }

    @Override
    public List<Finding> check(Facts facts) {
        return GivenFields.of(facts).stream()
                .flatMap(walk -> walk.wrong().stream())
                .map(wrong -> finding(wrong, Places.namespace(facts, wrong.document())))
                .toList();
    }

    private static Finding finding(FieldWalk.Wrong wrong, String namespace) {
        return Finding.fail(
                        INFO,
                        Subject.of(wrong.document(), namespace, wrong.path()),
                        wrong.path() + " must be " + wrong.kind().words() + ", and is " + is(wrong.value())
                                + ": the API server or the controller refuses the "
                                + wrong.document().kind() + ".")
                .evidence(wrong.path() + ": Invalid value: " + is(wrong.value()))
                .fix(right(wrong));
    }

    private static String is(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list of which each element is " + is(value.get(0));
        }
        if (value.isObject()) {
            return "an object";
        }
        return value.isTextual() ? "a string" : value.isNumber() ? "a number" : "true or false";
    }

    private static String right(FieldWalk.Wrong wrong) {
        Kind kind = wrong.kind();
        JsonNode value = wrong.value();
        if (kind.isText() && value.isValueNode()) {
            return wrong.name() + ": \"" + value.asText() + "\"";
        }
        if ((kind.isNumber() || kind.isBoolean()) && value.isTextual()) {
            return wrong.name() + ": " + value.asText() + "   # without quotes, and no variable";
        }
        if (kind.isList()) {
            StringBuilder list = new StringBuilder(wrong.name() + ":");
            String before = ArgoFields.of(kind.element().text())
                            .filter(fields -> fields.containsKey("name"))
                            .isPresent()
                    ? "\n- name: "
                    : "\n- ";
            (value.isArray() ? value : List.of(value))
                    .forEach(each -> list.append(before).append(each.isValueNode() ? each.asText() : "…"));
            return list.toString();
        }
        return "# see: kubectl explain " + wrong.document().kind().toLowerCase(java.util.Locale.ROOT) + "."
                + wrong.path().replaceAll("\\[[^\\]]*]", "");
    }
}
