package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.function.Function;

/**
 * A check of each pod, or of each part of a pod, such as each volume. Its findings name the pod.
 *
 * @param <T> the kind of item
 */
public abstract class PodItemCheck<T extends PodItem> extends ItemCheck<T> {

    protected PodItemCheck(CheckInfo info, Function<Facts, List<T>> items) {
        super(info, items);
    }

    @Override
    protected final Finding withPod(T item, Finding finding) {
        return finding.on(item.pod());
    }
}
