package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A gateway that passes every request on, and reports the objects that are read to an observer. It sends no request of
 * its own.
 */
public final class ObservedGateway extends ForwardingGateway {

    private final ReadObserver observer;

    public ObservedGateway(ClusterGateway gateway, ReadObserver observer) {
        super(gateway);
        this.observer = observer;
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        Optional<ObjectNode> found = super.get(resource, namespace, name);
        found.ifPresentOrElse(
                object -> observer.got(resource, object), () -> observer.absent(resource, namespace, name));
        return found;
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        List<ObjectNode> found = super.list(resource, namespace, labelSelector, fieldSelector);
        found.forEach(object -> observer.listed(resource, labelSelector, object));
        reportComplete(resource, namespace, labelSelector + fieldSelector);
        return found;
    }

    @Override
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        super.each(resource, namespace, labelSelector, fieldSelector, object -> {
            observer.listed(resource, labelSelector, object);
            consumer.accept(object);
        });
        reportComplete(resource, namespace, labelSelector + fieldSelector);
    }

    private void reportComplete(Resource resource, String namespace, String selectors) {
        if (selectors.isEmpty()) {
            observer.complete(resource, namespace);
        }
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        ObjectNode created = super.create(resource, object, mode);
        if (resource.equals(Resource.SUBJECT_ACCESS_REVIEWS)
                || resource.equals(Resource.LOCAL_SUBJECT_ACCESS_REVIEWS)) {
            observer.reviewed(object, created);
        }
        return created;
    }

    @Override
    <T> T read(Supplier<T> request) {
        return request.get();
    }

    @Override
    <T> T write(Resource resource, Supplier<T> request) {
        return request.get();
    }

    @Override
    ClusterGateway around(ClusterGateway other) {
        return new ObservedGateway(other, observer);
    }
}
