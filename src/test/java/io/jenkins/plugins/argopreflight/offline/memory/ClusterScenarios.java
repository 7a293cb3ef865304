package io.jenkins.plugins.argopreflight.offline.memory;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.NAMESPACES;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SECRETS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SERVICE_ACCOUNTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The requests to a cluster in a namespace of their own, with the answers as text without the parts that differ between
 * runs.
 */
final class ClusterScenarios {

    static final Map<String, BiFunction<ClusterGateway, String, String>> ALL = new LinkedHashMap<>();

    private ClusterScenarios() {}

    static {
        ALL.put("get an absent Secret", (c, ns) -> c.get(SECRETS, ns, "regcred").toString());
        ALL.put(
                "get in an absent namespace",
                (c, ns) -> c.get(SECRETS, ns + "-x", "regcred").toString());
        ALL.put("create", (c, ns) -> shape(c.create(SECRETS, regcred(ns), WriteMode.REAL)));
        ALL.put("create without type", (c, ns) -> {
            ObjectNode secret = KubeObjects.of(SECRETS, ns, "plain");
            secret.putObject("stringData").put("a", "b");
            secret.putObject("data").put("a", "Yw==").put("b", "ZA==");
            return shape(c.create(SECRETS, secret, WriteMode.REAL));
        });
        ALL.put("create twice", (c, ns) -> {
            c.create(SECRETS, regcred(ns), WriteMode.REAL);
            return shape(c.create(SECRETS, regcred(ns), WriteMode.REAL));
        });
        ALL.put("create in an absent namespace", (c, ns) -> {
            return shape(c.create(SECRETS, regcred("nowhere"), WriteMode.REAL));
        });
        ALL.put("create in a terminating namespace", (c, ns) -> {
            ObjectNode held = KubeObjects.of(SECRETS, ns, "held");
            KubeObjects.metadata(held).putArray("finalizers").add("example.com/hold");
            c.create(SECRETS, held, WriteMode.REAL);
            c.delete(NAMESPACES, "", ns, "", "", WriteMode.REAL);
            return shape(c.create(SECRETS, regcred(ns), WriteMode.REAL));
        });
        ALL.put("dry run stores nothing", (c, ns) -> {
            ObjectNode made = c.create(SECRETS, regcred(ns), WriteMode.DRY_RUN);
            return !KubeObjects.uid(made).isEmpty() + " " + c.get(SECRETS, ns, "regcred");
        });
        ALL.put("dry run sees what exists", (c, ns) -> {
            c.create(SECRETS, regcred(ns), WriteMode.REAL);
            return shape(c.create(SECRETS, regcred(ns), WriteMode.DRY_RUN));
        });
        for (String value :
                List.of("{}", "null", "", "no", "[]", "\"x\"", "7", "{\"auths\"", "{\"auths\":{}} x", "{a}")) {
            ALL.put("create with .dockerconfigjson " + value, (c, ns) -> {
                ObjectNode secret = regcred(ns);
                secret.withObject("/data").put(".dockerconfigjson", base64(value));
                // Go's parser goes on to say which character, and what it looked for.
                return withoutTail(() -> c.create(SECRETS, secret, WriteMode.REAL), "invalid character");
            });
        }
        ALL.put("create without .dockerconfigjson", (c, ns) -> {
            ObjectNode secret = regcred(ns);
            secret.remove("data");
            return shape(c.create(SECRETS, secret, WriteMode.REAL));
        });
        ALL.put("replace", (c, ns) -> {
            ObjectNode secret = c.create(SECRETS, regcred(ns), WriteMode.REAL);
            ObjectNode changed = secret.deepCopy();
            changed.withObject("/metadata/labels").put("team", "b");
            ObjectNode stored = c.replace(SECRETS, changed, WriteMode.REAL);
            return shape(stored) + sameVersion(secret, stored);
        });
        ALL.put("replace with the same", (c, ns) -> {
            ObjectNode secret = c.create(SECRETS, regcred(ns), WriteMode.REAL);
            return sameVersion(secret, c.replace(SECRETS, secret, WriteMode.REAL));
        });
        ALL.put("replace an absent one", (c, ns) -> shape(c.replace(SECRETS, regcred(ns), WriteMode.REAL)));
        ALL.put("replace an old version", (c, ns) -> {
            ObjectNode old = c.create(SECRETS, regcred(ns), WriteMode.REAL).deepCopy();
            ObjectNode changed = old.deepCopy();
            changed.withObject("/metadata/labels").put("team", "b");
            c.replace(SECRETS, changed, WriteMode.REAL);
            old.withObject("/metadata/labels").put("team", "c");
            return shape(c.replace(SECRETS, old, WriteMode.REAL));
        });
        ALL.put("replace one of the same name", (c, ns) -> {
            ObjectNode old = c.create(SECRETS, regcred(ns), WriteMode.REAL).deepCopy();
            KubeObjects.metadata(old).put("uid", "11111111-1111-1111-1111-111111111111");
            String uid = KubeObjects.uid(c.get(SECRETS, ns, "regcred").orElseThrow());
            return message(() -> c.replace(SECRETS, old, WriteMode.REAL)).replace(uid, "UID");
        });
        ALL.put("replace the type", (c, ns) -> {
            ObjectNode old = c.create(SECRETS, regcred(ns), WriteMode.REAL).deepCopy();
            return shape(c.replace(SECRETS, old.put("type", "Opaque"), WriteMode.REAL));
        });
        ALL.put("replace immutable data", (c, ns) -> {
            ObjectNode old = c.create(SECRETS, regcred(ns).put("immutable", true), WriteMode.REAL)
                    .deepCopy();
            old.withObject("/data").put("x", "eA==");
            return shape(c.replace(SECRETS, old, WriteMode.REAL));
        });
        ALL.put("take immutable away", (c, ns) -> {
            ObjectNode old = c.create(SECRETS, regcred(ns).put("immutable", true), WriteMode.REAL)
                    .deepCopy();
            old.remove("immutable");
            old.withObject("/data").put("x", "eA==");
            return shape(c.replace(SECRETS, old.put("type", "Opaque"), WriteMode.REAL));
        });
        ALL.put("delete", (c, ns) -> {
            ObjectNode made = c.create(SECRETS, regcred(ns), WriteMode.REAL);
            c.delete(SECRETS, ns, "regcred", "", "", WriteMode.DRY_RUN);
            boolean still = c.get(SECRETS, ns, "regcred").isPresent();
            c.delete(SECRETS, ns, "regcred", KubeObjects.uid(made), KubeObjects.resourceVersion(made), WriteMode.REAL);
            return still + " " + c.get(SECRETS, ns, "regcred");
        });
        ALL.put("delete an absent one", (c, ns) -> deleted(c, ns, "", ""));
        ALL.put("delete another uid", (c, ns) -> {
            ObjectNode made = c.create(SECRETS, regcred(ns), WriteMode.REAL);
            return deleted(c, ns, "2", "").replace(KubeObjects.uid(made), "UID");
        });
        ALL.put("delete another version", (c, ns) -> {
            ObjectNode made = c.create(SECRETS, regcred(ns), WriteMode.REAL);
            String version = KubeObjects.resourceVersion(made);
            return deleted(c, ns, "", "1").replace("(" + version + ")", "(VERSION)");
        });
        ALL.put("list by labels and fields", (c, ns) -> {
            c.create(SECRETS, regcred(ns), WriteMode.REAL);
            c.create(SERVICE_ACCOUNTS, KubeObjects.of(SERVICE_ACCOUNTS, ns, "argo"), WriteMode.REAL);
            return names(c.list(SECRETS, ns, "team in (a,z)", ""))
                    + names(c.list(SECRETS, ns, "team!=a", ""))
                    + names(c.list(SECRETS, ns, "!team", "metadata.name=regcred"))
                    + names(c.list(SECRETS, ns, "team,other notin (x)", "metadata.name!=other"))
                    + names(c.list(SERVICE_ACCOUNTS, ns, "", "metadata.name=argo"))
                    + names(c.list(NAMESPACES, "", "kubernetes.io/metadata.name=" + ns, "status.phase=Active"));
        });
        ALL.put("list by half a selector", (c, ns) -> names(c.list(SECRETS, ns, "team in (a", "")));
        ALL.put("bind to a ServiceAccount", (c, ns) -> {
            ObjectNode account = KubeObjects.of(SERVICE_ACCOUNTS, ns, "argo");
            KubeObjects.addName(account, "imagePullSecrets", "regcred");
            ObjectNode made =
                    c.create(SERVICE_ACCOUNTS, account, WriteMode.REAL).deepCopy();
            KubeObjects.addName(made, "imagePullSecrets", "other");
            made.remove("metadata");
            KubeObjects.metadata(made).put("name", "argo").put("namespace", ns);
            return shape(c.replace(SERVICE_ACCOUNTS, made, WriteMode.REAL));
        });
        ALL.put(
                "who am I not",
                (c, ns) -> shape(c.create(
                        Resource.SELF_SUBJECT_RULES_REVIEWS,
                        KubeObjects.of(Resource.SELF_SUBJECT_RULES_REVIEWS, "", ""),
                        WriteMode.REAL)));
    }

    /** Returns the answer of the scenario, or the kind and message of the refusal, with the namespace's name as NS. */
    static String run(String name, ClusterGateway cluster, String namespace) {
        cluster.create(NAMESPACES, KubeObjects.of(NAMESPACES, "", namespace), WriteMode.REAL);
        try {
            return ALL.get(name).apply(cluster, namespace).replace(namespace, "NS");
        } catch (ClusterException e) {
            return (e.kind() + ": " + e.getMessage()).replace(namespace, "NS");
        }
    }

    private static ObjectNode regcred(String namespace) {
        ObjectNode secret = KubeObjects.of(SECRETS, namespace, "regcred").put("type", "kubernetes.io/dockerconfigjson");
        secret.withObject("/metadata/labels").put("team", "a");
        secret.putObject("data").put(".dockerconfigjson", base64("{\"auths\":{}}"));
        return secret;
    }

    private static String deleted(ClusterGateway cluster, String namespace, String uid, String version) {
        return message(() -> {
            cluster.delete(SECRETS, namespace, "regcred", uid, version, WriteMode.REAL);
            return KubeObjects.of(SECRETS, "", "deleted");
        });
    }

    private static String message(Supplier<ObjectNode> request) {
        try {
            return shape(request.get());
        } catch (ClusterException e) {
            return e.kind() + ": " + e.getMessage();
        }
    }

    private static String withoutTail(Supplier<ObjectNode> request, String last) {
        String message = message(request);
        int end = message.indexOf(last);
        return end < 0 ? message : message.substring(0, end + last.length());
    }

    private static String shape(ObjectNode object) {
        ObjectNode shape = object.deepCopy();
        KubeObjects.metadata(shape).remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields"));
        return shape.properties().stream()
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }

    private static String names(List<ObjectNode> objects) {
        return objects.stream().map(KubeObjects::name).toList().toString();
    }

    private static String sameVersion(ObjectNode one, ObjectNode other) {
        return KubeObjects.resourceVersion(one).equals(KubeObjects.resourceVersion(other))
                ? " same version"
                : " new version";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
