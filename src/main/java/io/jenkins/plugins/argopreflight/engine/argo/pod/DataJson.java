package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A writer of a data template as Go writes it into argoexec's command: fields are in the order of Argo's structs, and
 * &lt;, &gt; and &amp; are escaped. Source: argo-workflows workflow/controller/operator.go (executeData), the structs
 * of pkg/apis/workflow/v1alpha1.
 */
final class DataJson {

    /** An order of fields that is correct for each struct: Artifact, its locations, SecretKeySelector. */
    private static final List<String> ORDER = List.of(
            ("source transformation artifactPaths expression url repo name path mode from archiveLogs s3 git http"
                            + " artifactory hdfs raw oss gcs azure plugin endpoint bucket container region insecure"
                            + " accessKeySecret secretKeySecret sessionTokenSecret roleARN accountKeySecret"
                            + " createBucketIfNotPresent securityToken lifecycleRule useSDKCreds encryptionOptions"
                            + " caSecret serviceAccountKeySecret headers auth revision depth fetch usernameSecret"
                            + " passwordSecret sshPrivateKeySecret insecureIgnoreHostKey disableSubmodules singleBranch"
                            + " branch insecureSkipTLS configuration connectionTimeoutSeconds key blob globalName archive"
                            + " optional subPath recurseMode fromExpression artifactGC deleted")
                    .split(" "));

    private DataJson() {}

    static String write(JsonNode data) {
        return ordered(data)
                .toString()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e");
    }

    private static JsonNode ordered(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.sort(Comparator.comparingInt(name -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size()));
            ObjectNode sorted = Json.object();
            names.forEach(name -> sorted.set(name, ordered(object.get(name))));
            return sorted;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode sorted = Json.list();
            list.forEach(each -> sorted.add(ordered(each)));
            return sorted;
        }
        return node;
    }
}
