package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reader of {@code snapshot.yaml}. docs/snapshot.md describes its fields. */
final class InfoFile {

    static final String API_VERSION = "argo-preflight/v1";
    static final String KIND = "Snapshot";

    private final Document document;

    private InfoFile(Document document) {
        this.document = document;
    }

    static boolean isInfo(Document document) {
        return document.kind().equals(KIND) && document.apiVersion().startsWith("argo-preflight/");
    }

    /**
     * Reads a document.
     *
     * @throws SnapshotException if the version of the format is unknown, or a field has a wrong type
     */
    static SnapshotInfo read(Document document) {
        if (!document.apiVersion().equals(API_VERSION)) {
            throw new SnapshotException(document.locate("apiVersion") + ": apiVersion " + document.apiVersion()
                    + " of a snapshot is not known here; this version reads " + API_VERSION);
        }
        return new InfoFile(document).read();
    }

    private SnapshotInfo read() {
        JsonNode root = document.root();
        return new SnapshotInfo(
                text(root, "kubernetes", ""),
                captured(text(root, "captured", "")),
                argo(root.path("argo")),
                identity(root.path("identity")),
                texts(root, "nodeCredentials", ""),
                root.has("complete") ? Optional.of(complete(root)) : Optional.empty(),
                unread(root));
    }

    private Optional<Instant> captured(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            throw wrong("captured", "a time such as 2026-11-25T11:06:24Z");
        }
    }

    private Optional<ArgoInstallation> argo(JsonNode argo) {
        return argo.isEmpty()
                ? Optional.empty()
                : Optional.of(new ArgoInstallation(
                        text(argo, "version", "argo."),
                        text(argo, "namespace", "argo."),
                        text(argo, "serviceAccount", "argo."),
                        text(argo, "managedNamespace", "argo."),
                        texts(argo, "flags", "argo.")));
    }

    private Optional<Identity> identity(JsonNode identity) {
        String user = text(identity, "user", "identity.");
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(new Identity(user, texts(identity, "groups", "identity.")));
    }

    private List<CompleteResources> complete(JsonNode root) {
        List<CompleteResources> all = new ArrayList<>();
        for (JsonNode each : list(root, "complete", "")) {
            String path = "complete[" + all.size() + "].";
            all.add(new CompleteResources(
                    texts(each, "namespaces", path), texts(each, "resources", path), texts(each, "names", path)));
        }
        return all;
    }

    private List<UnreadResource> unread(JsonNode root) {
        List<UnreadResource> all = new ArrayList<>();
        for (JsonNode each : list(root, "unread", "")) {
            String path = "unread[" + all.size() + "].";
            String reason = text(each, "reason", path);
            all.add(new UnreadResource(
                    text(each, "resource", path),
                    text(each, "namespace", path),
                    text(each, "name", path),
                    reason.isEmpty() ? "no reason is given" : reason,
                    right(each.path("missingRight"), path + "missingRight.")));
        }
        return all;
    }

    private Optional<Right> right(JsonNode right, String path) {
        return right.isEmpty()
                ? Optional.empty()
                : Optional.of(new Right(
                        text(right, "verb", path),
                        text(right, "group", path),
                        text(right, "resource", path),
                        text(right, "subresource", path),
                        text(right, "namespace", path),
                        text(right, "name", path)));
    }

    private List<String> texts(JsonNode node, String field, String path) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list(node, field, path)) {
            if (!each.isTextual()) {
                throw wrong(path + field, "a list of strings");
            }
            texts.add(Json.text(each));
        }
        return texts;
    }

    private JsonNode list(JsonNode node, String field, String path) {
        JsonNode list = node.path(field);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw wrong(path + field, "a list");
        }
        return list;
    }

    private String text(JsonNode node, String field, String path) {
        JsonNode value = node.path(field);
        if (value.isContainerNode()) {
            throw wrong(path + field, "a string");
        }
        return Json.text(value);
    }

    private SnapshotException wrong(String path, String expected) {
        return new SnapshotException(document.locate(path) + ": " + path + " must be " + expected);
    }
}
