package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A check for fields with a value that their type does not allow. Source: argo-workflows api/jsonschema/schema.json.
 */
public final class WrongType extends Check {

    /**
     * Matches fields for which the API server accepts every value (x-kubernetes-preserve-unknown-fields in the CRD of
     * that version).
     */
    private static final Pattern WITHOUT_SCHEMA = Pattern.compile("\\.withItems$|\\.inline\\.");

    public WrongType() {
        super(CheckInfo.error("wrong-type", "A field has a value of the wrong type", Topic.WORKFLOW));
    }

    @Override
    public boolean applies(Facts facts) {
        return GivenFields.areGiven(facts) || DataNotText.applies(facts);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        findings.addAll(DataNotText.findings(info(), facts));
        for (FieldWalk walk : GivenFields.of(facts)) {
            String namespace = Places.namespace(facts, walk.document());
            Map<String, List<FieldWalk.Wrong>> words = new LinkedHashMap<>();
            for (FieldWalk.Wrong wrong : walk.wrong()) {
                wrong.word()
                        .ifPresentOrElse(
                                word -> words.computeIfAbsent(word.word(), first -> new ArrayList<>())
                                        .add(wrong),
                                () -> findings.add(
                                        finding(wrong, typeName(wrong.value()), namespace, consequence(facts, wrong))
                                                .fix(fix(wrong))));
            }
            words.forEach((word, places) -> findings.add(wordFinding(word, places, namespace)));
        }
        return findings;
    }

    /** Returns the finding about one word, which is one mistake even if it is written in several places. */
    private Finding wordFinding(String word, List<FieldWalk.Wrong> places, String namespace) {
        FieldWalk.Wrong first = places.stream()
                .filter(each -> each.name().equals("name"))
                .findFirst()
                .orElse(places.get(0));
        String meaning = "YAML 1.1 reads as " + first.value();
        if (places.size() == 1) {
            return finding(first, word + ", which " + meaning, namespace, refused(first))
                    .fix(asString(first, word));
        }
        Finding finding = Finding.fail(
                        info(),
                        Subject.of(first.document(), namespace, first.path()),
                        places.size() + " fields must be a string, and are " + word + ", which " + meaning + ". "
                                + refused(first))
                .title("%s is read as %s in %s places", word, first.value().toString(), Integer.toString(places.size()))
                .evidence(EvidenceLine.words(first.path() + ": Invalid value: " + typeName(first.value())));
        for (FieldWalk.Wrong place : places) {
            finding = finding.fix(asString(place, word)
                    .in(place.path())
                    .because(place.path() + " (" + place.document().locate(place.path()) + "):"));
        }
        return finding;
    }

    private static String refused(FieldWalk.Wrong wrong) {
        return "The API server or the controller refuses the "
                + wrong.document().kind() + ".";
    }

    private static String consequence(Facts facts, FieldWalk.Wrong wrong) {
        ArgoVersion version = facts.controller().version();
        boolean unchecked = WITHOUT_SCHEMA.matcher(wrong.path()).find();
        return unchecked && wrong.document().kind().equals("Workflow") && version.has(Behaviour.PANIC_AT_UNREADABLE)
                ? "The API server accepts the Workflow, and the controller of Argo " + version
                        + " panics at it, also after each restart: no workflow of any namespace runs until it is"
                        + " deleted."
                : refused(wrong);
    }

    private Finding finding(FieldWalk.Wrong wrong, String typeName, String namespace, String consequence) {
        return Finding.fail(
                        info(),
                        Subject.of(wrong.document(), namespace, wrong.path()),
                        wrong.path() + " must be " + wrong.kind().description() + ", and is " + typeName + ". "
                                + consequence)
                .title("%s must be %s", wrong.name(), wrong.kind().description())
                .evidence(EvidenceLine.words(wrong.path() + ": Invalid value: " + typeName(wrong.value())));
    }

    /**
     * Returns the fix that writes the field as a string; for an element of a list it also writes the other elements.
     */
    private static ChangeField asString(FieldWalk.Wrong wrong, String text) {
        if (wrong.path().endsWith("]") && !wrong.path().endsWith("\"]")) {
            String list = wrong.path().substring(0, wrong.path().lastIndexOf('['));
            ObjectNode meant = FieldWalk.corrected(wrong.document()).root().deepCopy();
            FieldPath.replace(meant, wrong.path(), TextNode.valueOf(text));
            return ChangeField.to(Yaml.tree(FieldPath.at(meant, list)).under(wrong.name()));
        }
        return ChangeField.to(
                Yaml.of("$name: \"$value\"").with("name", wrong.name()).with("value", text));
    }

    private static String typeName(JsonNode value) {
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list of which each element is " + typeName(value.get(0));
        }
        if (value.isObject()) {
            return "an object";
        }
        return value.isTextual() ? "a string" : value.isNumber() ? "a number" : "true or false";
    }

    private static Fix fix(FieldWalk.Wrong wrong) {
        Kind kind = wrong.kind();
        JsonNode value = wrong.value();
        if (kind.isText() && value.isValueNode()) {
            return asString(wrong, value.asText());
        }
        if ((kind.isNumber() || kind.isBoolean()) && value.isTextual()) {
            return withoutQuotes(wrong.name(), value.asText());
        }
        if (wrong.name().equals("withItems") && value.asText().startsWith("[")) {
            return AskPerson.reader("write withItems without quotes, or use withParam for JSON in a string");
        }
        if (kind.isList()) {
            boolean hasNames = ArgoFields.of(kind.element().text())
                    .filter(fields -> fields.containsKey("name"))
                    .isPresent();
            List<Yaml> items = new ArrayList<>();
            (value.isArray() ? value : List.of(value)).forEach(each -> items.add(item(each, hasNames)));
            return ChangeField.to(Yaml.list(items).under(wrong.name()));
        }
        return AskPerson.reader(
                "see: " + Shell.inline(Places.explain(wrong.document().kind(), wrong.path())));
    }

    private static Yaml item(JsonNode value, boolean hasNames) {
        String text = value.isValueNode() ? value.asText() : "VALUE";
        return Yaml.of(hasNames ? "name: $value" : "$value").with("value", text);
    }

    private static Fix withoutQuotes(String name, String text) {
        boolean number = text.matches("-?[0-9]{1,18}");
        if (number || text.equals("true") || text.equals("false")) {
            JsonNode value = number ? LongNode.valueOf(Long.parseLong(text)) : BooleanNode.valueOf(text.equals("true"));
            return ChangeField.to(Yaml.tree(value).under(name)).then("without quotes, and no variable");
        }
        return AskPerson.reader("write " + name + " without quotes, and no variable");
    }
}
