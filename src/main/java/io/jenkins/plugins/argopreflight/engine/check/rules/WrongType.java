package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.FieldWalk;
import java.util.ArrayList;
import java.util.List;

/** A field has a value that its type does not allow. Source: as UnknownField. */
public final class WrongType extends FieldCheck {

    private static final CheckInfo INFO = info("wrong-type", "A field has a value of the wrong type");

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
                                + ". The API server or the controller refuses the "
                                + wrong.document().kind() + ".")
                .title("%s must be %s", wrong.name(), wrong.kind().words())
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

    private static Fix right(FieldWalk.Wrong wrong) {
        Kind kind = wrong.kind();
        JsonNode value = wrong.value();
        if (kind.isText() && value.isValueNode()) {
            return ChangeField.to(
                    Yaml.of("$name: \"$value\"").with("name", wrong.name()).with("value", value.asText()));
        }
        if ((kind.isNumber() || kind.isBoolean()) && value.isTextual()) {
            return plain(wrong.name(), value.asText());
        }
        if (kind.isList()) {
            boolean named = ArgoFields.of(kind.element().text())
                    .filter(fields -> fields.containsKey("name"))
                    .isPresent();
            List<Yaml> items = new ArrayList<>();
            (value.isArray() ? value : List.of(value)).forEach(each -> items.add(item(each, named)));
            return ChangeField.to(Yaml.list(items).under(wrong.name()));
        }
        return AskPerson.reader(
                "see: " + Shell.inline(Places.explain(wrong.document().kind(), wrong.path())));
    }

    private static Yaml item(JsonNode value, boolean named) {
        String text = value.isValueNode() ? value.asText() : "VALUE";
        return Yaml.of(named ? "name: $value" : "$value").with("value", text);
    }

    private static Fix plain(String name, String text) {
        boolean number = text.matches("-?[0-9]{1,18}");
        if (number || text.equals("true") || text.equals("false")) {
            JsonNode value = number ? LongNode.valueOf(Long.parseLong(text)) : BooleanNode.valueOf(text.equals("true"));
            return ChangeField.to(Yaml.tree(value).under(name)).then("without quotes, and no variable");
        }
        return AskPerson.reader("write " + name + " without quotes, and no variable");
    }
}
