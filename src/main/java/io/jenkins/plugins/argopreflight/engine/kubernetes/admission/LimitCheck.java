package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The check of one entry of a LimitRange against the requests and limits of a container or of the pod. */
record LimitCheck(String type, ResourceList requests, ResourceList limits) {

    /** The limit above which amounts are compared in whole units. */
    private static final long MAX_MILLI = Long.MAX_VALUE / 1000;

    void check(JsonNode limit, List<String> errors) {
        each(limit, "min", this::min, errors);
        each(limit, "max", this::max, errors);
        each(limit, "maxLimitRequestRatio", this::ratio, errors);
    }

    /** Checks an object that has requests only. */
    void checkRequests(JsonNode limit, List<String> errors) {
        each(limit, "min", this::min, errors);
        each(limit, "max", (name, enforced) -> max(name, enforced, requests, "request"), errors);
    }

    private static void each(
            JsonNode limit, String field, BiFunction<String, Quantity, Optional<String>> rule, List<String> errors) {
        ResourceList enforced = ResourceList.of(limit.path(field));
        enforced.names()
                .forEach(name ->
                        rule.apply(name, enforced.get(name).orElseThrow()).ifPresent(errors::add));
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
        Optional<String> error = max(name, enforced, limits, "limit");
        return error.isPresent() || requests.get(name).isEmpty() ? error : max(name, enforced, requests, "request");
    }

    /**
     * Checks a maximum.
     *
     * @param which "request" or "limit"
     */
    private Optional<String> max(String name, Quantity enforced, ResourceList amounts, String which) {
        String rule = "maximum " + name + " usage per " + type + " is " + enforced;
        Optional<Quantity> amount = amounts.get(name);
        if (amount.isEmpty()) {
            return Optional.of(rule + ".  No " + which + " is specified");
        }
        boolean milli = milli(requests.get(name), limits.get(name), Optional.of(enforced));
        return value(amount, milli) > value(Optional.of(enforced), milli)
                ? Optional.of(rule + ", but " + which + " is " + amount.get())
                : Optional.empty();
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
