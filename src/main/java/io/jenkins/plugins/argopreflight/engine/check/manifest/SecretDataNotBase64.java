package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.Base64;
import java.util.List;

/**
 * A check for values in a Secret's {@code data} that are not base64; {@code stringData} takes values as they are.
 * Source: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
 */
public final class SecretDataNotBase64 extends ItemCheck<Document> {

    public SecretDataNotBase64() {
        super(
                CheckInfo.error(
                        "secret-data-not-base64",
                        "A Secret has a raw value in data, which must be base64",
                        Topic.WORKFLOW),
                Facts::documents);
    }

    @Override
    protected boolean concerns(Document document) {
        return document.kind().equals("Secret");
    }

    @Override
    protected List<Finding> check(Facts facts, Document document) {
        return document.root().path("data").properties().stream()
                .filter(entry -> !isBase64(entry.getValue()))
                .map(entry -> finding(document, entry.getKey(), entry.getValue()))
                .collect(Findings.collector());
    }

    private static boolean isBase64(JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        try {
            Base64.getDecoder().decode(Json.text(value).replaceAll("[\\r\\n]", ""));
            return value.isTextual();
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private Finding finding(Document document, String key, JsonNode value) {
        String name = document.name();
        boolean json = value.isObject() || Json.text(value).strip().startsWith("{");
        boolean docker = key.startsWith(".docker");
        return Finding.fail(
                        info(),
                        Subject.of(document, document.namespace(), FieldPath.field("data", key)),
                        "Secret " + name + " has " + (json ? "raw JSON" : "a raw value") + " in data[" + key
                                + "], which must be base64. The API server refuses the Secret.")
                .title("data[%s] of Secret %s is not base64", key, name)
                .evidence(EvidenceLine.words("illegal base64 data in data[" + key + "]"))
                .fix(
                        ChangeField.to(Yaml.of("stringData:\n  $key: $value")
                                        .with("key", Operand.key(key))
                                        .literal("value", Yaml.of("VALUE")))
                                .because("use stringData for raw values:"),
                        docker
                                ? WriteCredentials.create(name, document.namespace(), "")
                                        .or("let Argo Preflight write it; the password is not on the command line:")
                                : RunCommands.of(Command.of("base64", "-w0").from(Operand.placeholder("FILE")))
                                        .or("encode it:"));
    }
}
