package io.jenkins.plugins.argopreflight.offline.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.offline.store.ApiErrors;

/**
 * The preconditions of writes: an object is not changed if it is no longer the version that the caller read.
 *
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/registry/rest/delete.go">BeforeDelete</a>
 */
final class Preconditions {

    private Preconditions() {}

    static void replace(Resource resource, ObjectNode stored, ObjectNode object) {
        String uid = KubeObjects.uid(object);
        if (!uid.isEmpty() && !uid.equals(KubeObjects.uid(stored))) {
            throw ApiErrors.conflict(
                    resource,
                    KubeObjects.name(stored),
                    ("StorageError: invalid object, Code: 4, Key: /registry/%s/%s/%s, ResourceVersion: 0,"
                                    + " AdditionalErrorMsg: Precondition failed: UID in precondition: %s,"
                                    + " UID in object meta: %s")
                            .formatted(
                                    resource.plural(),
                                    KubeObjects.namespace(stored),
                                    KubeObjects.name(stored),
                                    uid,
                                    KubeObjects.uid(stored)));
        }
        String version = KubeObjects.resourceVersion(object);
        if (!version.isEmpty() && !version.equals(KubeObjects.resourceVersion(stored))) {
            throw ApiErrors.modified(resource, KubeObjects.name(stored));
        }
    }

    static void delete(Resource resource, ObjectNode stored, String uid, String version) {
        if (!uid.isEmpty() && !uid.equals(KubeObjects.uid(stored))) {
            throw ApiErrors.deleteConflict(
                    resource,
                    KubeObjects.name(stored),
                    ("the UID in the precondition (%s) does not match the UID in record (%s)."
                                    + " The object might have been deleted and then recreated")
                            .formatted(uid, KubeObjects.uid(stored)));
        }
        if (!version.isEmpty() && !version.equals(KubeObjects.resourceVersion(stored))) {
            throw ApiErrors.deleteConflict(
                    resource,
                    KubeObjects.name(stored),
                    ("the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s)."
                                    + " The object might have been modified")
                            .formatted(version, KubeObjects.resourceVersion(stored)));
        }
    }
}
