package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Generates pods that set, forget and misset the fields that Pod Security looks at. */
final class PodCases {

    private static final List<String> VOLUMES = List.of(
            "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret hostPath",
            "gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder cephfs flocker",
            "fc azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos");
    private static final List<String> SYSCTLS = List.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_notsent_lowat",
            "kernel.msgmax");

    private final Random random;

    PodCases(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode next() {
        boolean tidy = random.nextInt(3) == 0;
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = pod.putObject("metadata").put("name", "p").putObject("annotations");
        ObjectNode spec = pod.putObject("spec");
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            int count = list.equals("containers") ? 1 + random.nextInt(3) : random.nextInt(3);
            ArrayNode containers = spec.putArray(list);
            for (int i = 0; i < count; i++) {
                ObjectNode container = containers.addObject().put("name", pick("main", "init", "wait", "a", "b"));
                context(container, tidy, false);
                if (!tidy) {
                    container(container);
                }
            }
        }
        context(spec, tidy, true);
        if (!tidy) {
            pod(spec);
            annotate(annotations);
        }
        return pod;
    }

    private void pod(ObjectNode spec) {
        for (String flag : List.of("hostNetwork", "hostPID", "hostIPC", "hostUsers")) {
            if (rare()) {
                spec.put(flag, random.nextBoolean());
            }
        }
        if (rare()) {
            spec.putObject("os").put("name", pick("windows", "linux"));
        }
        ArrayNode volumes = spec.putArray("volumes");
        while (rare()) {
            ObjectNode volume = volumes.addObject().put("name", pick("v", "w", "cache"));
            for (int i = random.nextInt(3); i > 0; i--) {
                volume.putObject(pick(String.join(" ", VOLUMES).split(" ")));
            }
            if (rare()) {
                volume.putNull("hostPath");
            }
        }
    }

    private void container(ObjectNode container) {
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (rare()) {
                handler(container.putObject(probe));
            }
        }
        if (rare()) {
            handler(container.putObject("lifecycle").putObject(pick("postStart", "preStop")));
        }
        if (rare()) {
            ArrayNode ports = container.putArray("ports");
            ports.addObject().put("containerPort", 80).put("hostPort", random.nextInt(3) * 9);
            ports.addObject().put("containerPort", 81).put("hostPort", random.nextInt(200));
        }
    }

    private void handler(ObjectNode handler) {
        handler.putObject(pick("httpGet", "tcpSocket", "exec")).put("host", pick("", "10.0.0.1", "localhost"));
    }

    private void annotate(ObjectNode annotations) {
        for (String key : List.of(
                "seccomp.security.alpha.kubernetes.io/pod",
                "container.seccomp.security.alpha.kubernetes.io/main",
                "container.seccomp.security.alpha.kubernetes.io/nobody",
                "container.apparmor.security.beta.kubernetes.io/main",
                "container.apparmor.security.beta.kubernetes.io/nobody")) {
            if (rare()) {
                annotations.put(
                        key,
                        pick("", "runtime/default", "docker/default", "localhost/x", "unconfined", "a\"b\\\n\u00e4\t"));
            }
        }
    }

    /** A securityContext; a tidy one keeps the restricted level but for one field in some of them. */
    private void context(ObjectNode owner, boolean tidy, boolean ofPod) {
        if (tidy) {
            ObjectNode context = owner.putObject("securityContext");
            context.put("runAsNonRoot", true).putObject("seccompProfile").put("type", "RuntimeDefault");
            if (!ofPod) {
                context.put("allowPrivilegeEscalation", false)
                        .putObject("capabilities")
                        .putArray("drop")
                        .add("ALL");
            }
            if (random.nextInt(8) == 0) {
                context.remove(pick("runAsNonRoot", "seccompProfile", "allowPrivilegeEscalation", "capabilities"));
            }
            return;
        }
        if (random.nextInt(4) == 0) {
            return;
        }
        ObjectNode context = owner.putObject("securityContext");
        for (String flag : List.of("privileged", "allowPrivilegeEscalation", "runAsNonRoot")) {
            if (random.nextBoolean() && (!ofPod || flag.equals("runAsNonRoot"))) {
                context.put(flag, random.nextInt(4) == 0);
            }
        }
        if (rare()) {
            context.put("runAsUser", random.nextInt(2) * 1000);
        }
        for (String profile : List.of("seccompProfile", "appArmorProfile")) {
            if (rare()) {
                context.putObject(profile).put("type", pick("RuntimeDefault", "Localhost", "Unconfined", ""));
            }
        }
        if (rare()) {
            ObjectNode options = context.putObject("seLinuxOptions");
            options.put("type", pick("", "container_t", "container_engine_t", "spc_t"));
            options.put("user", pick("", "", "u")).put("role", pick("", "", "r"));
        }
        if (rare()) {
            context.putObject("windowsOptions").put("hostProcess", random.nextBoolean());
        }
        if (ofPod && rare()) {
            ArrayNode sysctls = context.putArray("sysctls");
            SYSCTLS.stream()
                    .filter(name -> rare())
                    .forEach(name -> sysctls.addObject().put("name", name).put("value", "1"));
        }
        if (!ofPod && rare()) {
            context.put("procMount", pick("Default", "Unmasked"));
        }
        if (!ofPod && random.nextBoolean()) {
            ObjectNode capabilities = context.putObject("capabilities");
            texts(capabilities.putArray("drop"), "ALL", "NET_RAW", "all");
            texts(capabilities.putArray("add"), "NET_BIND_SERVICE", "CHOWN", "SYS_ADMIN", "CAP_SYS_ADMIN");
        }
    }

    private void texts(ArrayNode list, String... texts) {
        for (String text : texts) {
            if (rare()) {
                list.add(text);
            }
        }
    }

    private boolean rare() {
        return random.nextInt(4) == 0;
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** A version that changed something, or any. */
    String version() {
        return random.nextInt(3) == 0 ? "latest" : "v1." + random.nextInt(40);
    }

    String level() {
        return pick("restricted", "restricted", "baseline", "privileged");
    }

    static String question(JsonNode pod, String level, String version) {
        ObjectNode question =
                JsonNodeFactory.instance.objectNode().put("level", level).put("version", version);
        question.set("pod", pod);
        return question.toString();
    }
}
