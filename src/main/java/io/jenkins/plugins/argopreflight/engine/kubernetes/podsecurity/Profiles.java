package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.go.GoText;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The checks of seccomp, AppArmor and procMount. */
final class Profiles {

    private static final Set<String> CONFINED = Set.of("RuntimeDefault", "Localhost");
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private Profiles() {}

    /** Checks the annotations for seccomp profiles, which were used before there was a field. */
    static Optional<Violation> seccompAnnotations(CheckedPod pod) {
        Set<String> forbidden = new TreeSet<>();
        List<String> keys = new ArrayList<>(List.of(SECCOMP_POD));
        pod.containers().forEach(container -> keys.add(SECCOMP_CONTAINER + Json.text(container, "name")));
        Map<String, String> annotations = pod.annotations();
        for (String key : keys) {
            String value = annotations.getOrDefault(key, "runtime/default");
            if (!Set.of("runtime/default", "docker/default").contains(value) && !value.startsWith("localhost/")) {
                forbidden.add(key + "=" + GoText.quoted(value));
            }
        }
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofPod(
                        PodSecurityCheck.SECCOMP_PROFILE,
                        "forbidden " + Words.plural("annotation", forbidden) + " " + String.join(", ", forbidden)));
    }

    static Optional<Violation> seccomp(CheckedPod pod) {
        Set<String> values = new TreeSet<>();
        boolean ofPod = isUnconfined(pod.securityContext(), "seccompProfile", values);
        List<String> bad = pod.containerNamesByContext(context -> isUnconfined(context, "seccompProfile", values));
        List<String> setters = Words.setters(ofPod, bad);
        return setters.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.SECCOMP_PROFILE,
                        bad,
                        Words.and(setters) + " must not set securityContext.seccompProfile.type to "
                                + Words.quoted(values)));
    }

    static Optional<Violation> seccompRequired(CheckedPod pod) {
        Optional<Violation> bad = seccomp(pod);
        if (bad.isPresent() || isSet(pod.securityContext().path("seccompProfile"))) {
            return bad;
        }
        List<String> silent = pod.containerNamesByContext(context -> !isSet(context.path("seccompProfile")));
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.SECCOMP_PROFILE,
                        silent,
                        "pod or " + Words.named("container", silent)
                                + " must set securityContext.seccompProfile.type to \"RuntimeDefault\""
                                + " or \"Localhost\""));
    }

    static Optional<Violation> appArmor(CheckedPod pod) {
        Set<String> values = new TreeSet<>();
        boolean ofPod = isUnconfined(pod.securityContext(), "appArmorProfile", values);
        List<String> bad = pod.containerNamesByContext(context -> isUnconfined(context, "appArmorProfile", values));
        List<String> setters = new ArrayList<>(Words.setters(ofPod, bad));
        Set<String> annotations = new TreeSet<>();
        pod.annotations().forEach((key, value) -> {
            if (key.startsWith(APP_ARMOR)
                    && !value.isEmpty()
                    && !value.equals("runtime/default")
                    && !value.startsWith("localhost/")) {
                annotations.add(key + "=" + GoText.quoted(value));
            }
        });
        List<String> all = new ArrayList<>(values);
        all.addAll(annotations);
        if (!annotations.isEmpty()) {
            setters.add(Words.plural("annotation", annotations));
        }
        return setters.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                                PodSecurityCheck.APP_ARMOR_PROFILE,
                                bad,
                                Words.and(setters) + " must not set AppArmor profile type to " + Words.quoted(all))
                        .withReason(Words.plural(PodSecurityCheck.APP_ARMOR_PROFILE.reason(), all)));
    }

    static Optional<Violation> procMount(CheckedPod pod) {
        Set<String> values = new TreeSet<>();
        List<String> bad = pod.containerNamesByContext(context -> {
            JsonNode type = context.path("procMount");
            boolean unmasked = isSet(type) && !Json.text(type).equals("Default");
            if (unmasked) {
                values.add(Json.text(type));
            }
            return unmasked;
        });
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.PROC_MOUNT,
                        bad,
                        Words.named("container", bad) + " must not set securityContext.procMount to "
                                + Words.quoted(values)));
    }

    private static boolean isUnconfined(JsonNode context, String profile, Set<String> values) {
        JsonNode set = context.path(profile);
        String type = Json.text(set, "type");
        if (!isSet(set) || CONFINED.contains(type)) {
            return false;
        }
        values.add(type);
        return true;
    }
}
