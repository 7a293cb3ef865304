package io.jenkins.plugins.argopreflight.engine.facts.change;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The changes of one object, in sentences that fit its kind. */
final class ObjectChange {

    private static final int SHOWN_DIGEST_CHARACTERS = 4;
    private static final String ARROW = " → ";

    private final RecordedObject before;
    private final RecordedObject now;
    private final List<Change> changes = new ArrayList<>();

    private ObjectChange(RecordedObject before, RecordedObject now) {
        this.before = before;
        this.now = now;
    }

    static List<Change> between(RecordedObject before, RecordedObject now) {
        ObjectChange change = new ObjectChange(before, now);
        if (before.present() != now.present()) {
            change.add(title(now) + (now.present() ? " was created" : " was deleted"));
        } else if (now.present()) {
            change.compare();
        }
        return change.changes;
    }

    private void compare() {
        if (isKind(Resource.RESOURCE_QUOTAS) || isKind(Resource.LIMIT_RANGES)) {
            differingFields()
                    .forEach(field ->
                            add(title(now) + ": " + field + " " + value(before, field) + ARROW + value(now, field)));
        } else if (isKind(Resource.DEPLOYMENTS)) {
            compareController();
        } else if (now.kind().equals(RecordedObject.IMAGE)) {
            compareImage();
        } else if (now.kind().equals(RecordedObject.RIGHT)) {
            compareRight();
        } else {
            compareObject();
        }
    }

    private void compareObject() {
        boolean hasSettings = isKind(Resource.CONFIG_MAPS)
                && !before.fields().isEmpty()
                && !now.fields().isEmpty();
        Set<String> settings = hasSettings ? differingFields() : Set.of();
        boolean isSame = before.uid().equals(now.uid()) || !areKnown(before.uid(), now.uid());
        boolean isOurs = before.fields().containsKey(RecordedFields.MANAGED_BY)
                && now.fields().containsKey(RecordedFields.MANAGED_BY);
        if (!isSame && !isOurs) {
            add(title(now) + " was deleted and created again");
        }
        if (isKind(Resource.SERVICE_ACCOUNTS)) {
            comparePullSecrets();
        }
        if (!settings.isEmpty()) {
            add("Settings of Argo's controller changed: " + String.join(", ", settings) + " (" + title(now) + ")");
        }
        if (changes.isEmpty()
                && isSame
                && !hasSettings
                && !before.version().equals(now.version())
                && areKnown(before.version(), now.version())) {
            add(title(now) + " was changed");
        }
    }

    private static boolean areKnown(String one, String other) {
        return !one.isEmpty() && !other.isEmpty();
    }

    private void comparePullSecrets() {
        Set<String> old = before.valuesOf(RecordedFields.PULL_SECRETS);
        Set<String> current = now.valuesOf(RecordedFields.PULL_SECRETS);
        old.stream()
                .filter(name -> !current.contains(name))
                .forEach(name -> add(title(now) + " lost pull Secret " + name));
        current.stream()
                .filter(name -> !old.contains(name))
                .forEach(name -> add(title(now) + " got pull Secret " + name));
    }

    private void compareController() {
        Set<String> fields = differingFields();
        if (fields.remove(RecordedFields.IMAGE)) {
            String old = value(before, RecordedFields.IMAGE);
            String current = value(now, RecordedFields.IMAGE);
            boolean sameName = name(old).equals(name(current));
            add("Argo's controller " + (sameName ? version(old) : old) + ARROW
                    + (sameName ? version(current) : current));
        }
        if (!fields.isEmpty()) {
            add("Argo's controller was started with other flags: " + String.join(", ", fields));
        }
    }

    private static String name(String image) {
        int end = image.lastIndexOf(':');
        return end <= image.lastIndexOf('/') || image.contains("@") ? image : image.substring(0, end);
    }

    private static String version(String image) {
        return image.substring(name(image).length()).replaceFirst("^:", "");
    }

    /**
     * Compares the digests of each source separately: a node can report the digest of its platform, a registry that of
     * the index.
     */
    private void compareImage() {
        for (String source : now.fields().keySet()) {
            Set<String> old = before.valuesOf(source);
            Set<String> added = now.valuesOf(source);
            added.removeAll(old);
            if (!old.isEmpty() && !added.isEmpty() && changes.isEmpty()) {
                add("Image " + now.name() + " has another digest (" + digests(old) + ARROW + digests(added) + ")");
            }
        }
    }

    private static String digests(Set<String> all) {
        return String.join(
                ", ",
                all.stream()
                        .map(digest -> digest.substring(
                                        0, Math.min(digest.length(), digest.indexOf(':') + 1 + SHOWN_DIGEST_CHARACTERS))
                                + "…")
                        .toList());
    }

    private void compareRight() {
        if (!before.fields().equals(now.fields())) {
            RecordedRight right = RecordedRight.parse(now.name());
            add("ServiceAccount " + right.account()
                    + (now.fields().containsValue("true") ? " is now allowed to " : " is no longer allowed to ")
                    + right.action() + (now.namespace().isEmpty() ? "" : " in namespace " + now.namespace()));
        }
    }

    private Set<String> differingFields() {
        Set<String> names = new TreeSet<>(before.fields().keySet());
        names.addAll(now.fields().keySet());
        names.removeIf(name -> value(before, name).equals(value(now, name)));
        return names;
    }

    private static String value(RecordedObject object, String field) {
        Map<String, String> fields = object.fields();
        return fields.getOrDefault(field, "none");
    }

    private boolean isKind(Resource resource) {
        return now.kind().equals(resource.kind());
    }

    private static String title(RecordedObject object) {
        return object.kind() + " " + (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name();
    }

    private void add(String message) {
        changes.add(Change.of(now, message));
    }
}
