package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.offline.store.Answers;

/**
 * The preconditions of writes: an object is not changed if it is no longer the version that the caller read.
 *
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/registry/rest/delete.go">BeforeDelete</a>
 */
final class Preconditions {

    private Preconditions() {}

    static void replace(Resource resource, ObjectNode stored, ObjectNode object) {
        String uid = Objects.uid(object);
        if (!uid.isEmpty() && !uid.equals(Objects.uid(stored))) {
            throw Answers.conflict(
                    resource,
                    Objects.name(stored),
                    ("StorageError: invalid object, Code: 4, Key: /registry/%s/%s/%s, ResourceVersion: 0,"
                                    + " AdditionalErrorMsg: Precondition failed: UID in precondition: %s,"
                                    + " UID in object meta: %s")
                            .formatted(
                                    resource.plural(),
                                    Objects.namespace(stored),
                                    Objects.name(stored),
                                    uid,
                                    Objects.uid(stored)));
        }
        String version = Objects.resourceVersion(object);
        if (!version.isEmpty() && !version.equals(Objects.resourceVersion(stored))) {
            throw Answers.modified(resource, Objects.name(stored));
        }
    }

    static void delete(Resource resource, ObjectNode stored, String uid, String version) {
        if (!uid.isEmpty() && !uid.equals(Objects.uid(stored))) {
            throw Answers.deleteConflict(
                    resource,
                    Objects.name(stored),
                    ("the UID in the precondition (%s) does not match the UID in record (%s)."
                                    + " The object might have been deleted and then recreated")
                            .formatted(uid, Objects.uid(stored)));
        }
        if (!version.isEmpty() && !version.equals(Objects.resourceVersion(stored))) {
            throw Answers.deleteConflict(
                    resource,
                    Objects.name(stored),
                    ("the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s)."
                                    + " The object might have been modified")
                            .formatted(version, Objects.resourceVersion(stored)));
        }
    }
}
