package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Generates pods as Argo makes them, with what its users write into them: mostly right, some of it wrong. */
final class AdmissionCases {

    private final Random random;
    private int count;

    AdmissionCases(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode next() {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = pod.putObject("metadata").put("name", "p-" + count++);
        if (one(60)) {
            metadata.putObject("labels").put(pick("a b", "x/y/z", "ok", "-"), pick("v", "not a label", "-x"));
        }
        ObjectNode spec = pod.putObject("spec").put("restartPolicy", one(60) ? "Sometimes" : "Never");
        boolean tidy = random.nextInt(3) > 0;
        ArrayNode volumes = spec.putArray("volumes");
        volumes.addObject().put("name", "work").putObject("emptyDir");
        if (one(6)) {
            volumes.addObject()
                    .put("name", one(8) ? pick("work", "Bad_Name") : "host")
                    .putObject("hostPath")
                    .put("path", one(8) ? pick("/a/../b", "") : "/tmp")
                    .put("type", one(8) ? "Dir" : "DirectoryOrCreate");
        }
        if (one(8)) {
            volumes.addObject().put("name", "s").putObject("secret").put("secretName", pick("listed", "other"));
        }
        for (String name : List.of("wait", "main")) {
            container(spec.withArray("containers").addObject(), one(150) ? "wait" : name, tidy);
        }
        container(spec.withArray("initContainers").addObject(), one(150) ? "main" : "init", tidy);
        if (one(5)) {
            ObjectNode sidecar = spec.withArray("initContainers").addObject().put("restartPolicy", "Always");
            container(sidecar, "sidecar", tidy);
        }
        pod(spec, tidy);
        return pod;
    }

    private void pod(ObjectNode spec, boolean tidy) {
        ObjectNode context = spec.putObject("securityContext");
        if (tidy) {
            context.put("runAsNonRoot", true).putObject("seccompProfile").put("type", "RuntimeDefault");
        }
        if (one(12)) {
            context.put("runAsUser", one(8) ? -1 : pick(0, 1000));
        }
        if (one(15)) {
            spec.put("hostNetwork", true);
        }
        if (one(15)) {
            spec.put("hostPID", true);
        }
        if (one(10)) {
            spec.put("serviceAccountName", one(6) ? "Bad Name" : pick("nobody", "strict", "strict"));
        }
        if (one(8)) {
            spec.put("priorityClassName", pick("absent", "preflight-high"));
        }
        if (one(12)) {
            spec.put("runtimeClassName", pick("absent", "preflight-heavy"));
        }
        if (one(5)) {
            spec.put("activeDeadlineSeconds", one(8) ? 0 : 60);
        }
        if (one(10)) {
            spec.putArray("imagePullSecrets").addObject().put("name", pick("listed", "other"));
        }
        if (one(8)) {
            resources(spec);
            if (!one(3)) {
                spec.withObject("/resources")
                        .putObject("limits")
                        .put("cpu", "4")
                        .put("memory", "4Gi");
                spec.withObject("/resources").remove("requests");
            }
        }
        if (one(40)) {
            spec.put("priority", pick(0, 1000));
        }
        if (one(80)) {
            spec.putObject("overhead").put("cpu", "250m");
        }
        if (one(60)) {
            spec.putObject("nodeSelector").put("a b", "c");
        }
    }

    private void container(ObjectNode container, String name, boolean tidy) {
        container.put("name", one(150) ? "Main_1" : name);
        container.put("image", one(150) ? "" : one(150) ? "registry.example.com/a:1 " : "registry.example.com/a:1");
        if (tidy) {
            ObjectNode context = container.putObject("securityContext").put("allowPrivilegeEscalation", one(30));
            context.putObject("capabilities").putArray("drop").add("ALL");
        } else if (one(4)) {
            ObjectNode context = container.putObject("securityContext").put("privileged", random.nextBoolean());
            if (one(3)) {
                context.put("allowPrivilegeEscalation", random.nextBoolean());
            }
            context.putObject("capabilities").putArray("add").add(pick("SYS_ADMIN", "CAP_SYS_ADMIN", "CHOWN"));
        }
        if (one(25)) {
            container
                    .withObject("/securityContext")
                    .putObject("appArmorProfile")
                    .put("type", "Unconfined");
        }
        if (one(3) || !one(4)) {
            resources(container);
        }
        if (one(15)) {
            container.putArray("ports").addObject().put("containerPort", one(4) ? 0 : 8080);
        }
        ArrayNode mounts = container.putArray("volumeMounts");
        if (one(4)) {
            mounts.addObject().put("name", one(30) ? "absent" : "work").put("mountPath", "/work");
        }
        if (one(80)) {
            mounts.addObject().put("name", "work").put("mountPath", pick("/work", ""));
        }
        if (one(12)) {
            container
                    .putArray("env")
                    .addObject()
                    .put("name", one(8) ? pick("a=b", "") : "OK")
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", one(8) ? "Bad Name" : pick("listed", "other"))
                    .put("key", one(8) ? "" : "k");
        }
        if (one(150)) {
            container.put("imagePullPolicy", "Sometimes");
        }
    }

    private void resources(ObjectNode owner) {
        ObjectNode resources = owner.putObject("resources");
        boolean gpu = one(10);
        String gpus = one(8) ? "1500m" : pick("1", "2");
        for (String list : List.of("requests", "limits")) {
            int factor = list.equals("limits") ? one(30) ? 1 : 2 : 1;
            if (!one(4)) {
                resources.withObject("/" + list).put("cpu", factor * 100 + random.nextInt(50) + "m");
            }
            if (!one(4)) {
                resources.withObject("/" + list).put("memory", memory(factor));
            }
            if (gpu && !one(20)) {
                resources.withObject("/" + list).put("nvidia.com/gpu", gpus);
            }
            if (one(12)) {
                resources.withObject("/" + list).put("ephemeral-storage", pick("1Gi", "1.5G", "1.500", "0.1m"));
            }
            if (one(150)) {
                resources.withObject("/" + list).put(pick("memroy", "cpus", "example.com/a/b"), "1");
            }
            if (one(150)) {
                resources.withObject("/" + list).put("cpu", pick("1x", "one", "-1", "1 Gi"));
            }
        }
    }

    private String memory(int factor) {
        int base = factor * (32 + random.nextInt(32));
        return one(5) ? base * 1024 + "Ki" : one(6) ? base + "e6" : one(9) ? factor + "Gi" : base + "Mi";
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private int pick(int... numbers) {
        return numbers[random.nextInt(numbers.length)];
    }
}
