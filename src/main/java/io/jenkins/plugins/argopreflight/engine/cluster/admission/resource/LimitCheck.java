package io.jenkins.plugins.argopreflight.engine.cluster.admission.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** One entry of a LimitRange against what a container, or the pod, requests and is limited to. */
record LimitCheck(String type, ResourceList requests, ResourceList limits) {

    /** What is above this is compared in whole units. */
    private static final long MAX_MILLI = Long.MAX_VALUE / 1000;

    void check(JsonNode limit, List<String> errors) {
        ResourceList min = ResourceList.of(limit.path("min"));
        min.names().forEach(name -> min(name, min.get(name).orElseThrow()).ifPresent(errors::add));
        ResourceList max = ResourceList.of(limit.path("max"));
        max.names().forEach(name -> max(name, max.get(name).orElseThrow()).ifPresent(errors::add));
        ResourceList ratio = ResourceList.of(limit.path("maxLimitRequestRatio"));
        ratio.names().forEach(name -> ratio(name, ratio.get(name).orElseThrow()).ifPresent(errors::add));
    }

    /** Of what has requests only. */
    void checkRequests(JsonNode limit, List<String> errors) {
        ResourceList min = ResourceList.of(limit.path("min"));
        min.names().forEach(name -> min(name, min.get(name).orElseThrow()).ifPresent(errors::add));
        ResourceList max = ResourceList.of(limit.path("max"));
        max.names()
                .forEach(name -> maxRequest(name, max.get(name).orElseThrow()).ifPresent(errors::add));
    }

    private Optional<String> min(String name, Quantity enforced) {
        String rule = "minimum " + name + " usage per " + type + " is " + enforced;
        Optional<Quantity> request = requests.get(name);
        Optional<Quantity> limit = limits.get(name);
        boolean milli = milli(request, limit, Optional.of(enforced));
        if (request.isEmpty()) {
            return Optional.of(rule + ".  No request is specified");
        }
        if (value(request, milli) < value(Optional.of(enforced), milli)) {
            return Optional.of(rule + ", but request is " + request.get());
        }
        return limit.filter(l -> value(limit, milli) < value(Optional.of(enforced), milli))
                .map(l -> rule + ", but limit is " + l);
    }

    private Optional<String> max(String name, Quantity enforced) {
        String rule = "maximum " + name + " usage per " + type + " is " + enforced;
        Optional<Quantity> request = requests.get(name);
        Optional<Quantity> limit = limits.get(name);
        boolean milli = milli(request, limit, Optional.of(enforced));
        if (limit.isEmpty()) {
            return Optional.of(rule + ".  No limit is specified");
        }
        if (value(limit, milli) > value(Optional.of(enforced), milli)) {
            return Optional.of(rule + ", but limit is " + limit.get());
        }
        return request.filter(r -> value(request, milli) > value(Optional.of(enforced), milli))
                .map(r -> rule + ", but request is " + r);
    }

    private Optional<String> maxRequest(String name, Quantity enforced) {
        String rule = "maximum " + name + " usage per " + type + " is " + enforced;
        Optional<Quantity> request = requests.get(name);
        if (request.isEmpty()) {
            return Optional.of(rule + ".  No request is specified");
        }
        boolean milli = milli(request, Optional.empty(), Optional.of(enforced));
        return request.filter(r -> value(request, milli) > value(Optional.of(enforced), milli))
                .map(r -> rule + ", but request is " + r);
    }

    private Optional<String> ratio(String name, Quantity enforced) {
        String rule = name + " max limit to request ratio per " + type + " is " + enforced;
        Optional<Quantity> request = requests.get(name);
        Optional<Quantity> limit = limits.get(name);
        boolean milli = milli(request, limit, Optional.of(enforced));
        if (value(request, milli) == 0) {
            return Optional.of(rule + ", but no request is specified or request is 0");
        }
        if (value(limit, milli) == 0) {
            return Optional.of(rule + ", but no limit is specified or limit is 0");
        }
        double observed = (double) value(limit, milli) / (double) value(request, milli);
        boolean precise = enforced.value() <= MAX_MILLI;
        boolean exceeded =
                precise ? observed * 1000 > (double) enforced.milliValue() : observed > (double) enforced.value();
        return exceeded
                ? Optional.of(rule + ", but provided ratio is "
                        + new BigDecimal(observed)
                                .setScale(6, RoundingMode.HALF_EVEN)
                                .toPlainString())
                : Optional.empty();
    }

    private static boolean milli(Optional<Quantity> request, Optional<Quantity> limit, Optional<Quantity> enforced) {
        return value(request, false) <= MAX_MILLI
                && value(limit, false) <= MAX_MILLI
                && value(enforced, false) <= MAX_MILLI;
    }

    private static long value(Optional<Quantity> quantity, boolean milli) {
        return quantity.map(q -> milli ? q.milliValue() : q.value()).orElse(0L);
    }
}
