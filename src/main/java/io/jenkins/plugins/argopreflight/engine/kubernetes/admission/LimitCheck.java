package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

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
        ToLongFunction<Quantity> unit = unit(request, limit, Optional.of(enforced));
        if (request.isEmpty()) {
            return Optional.of(rule + ".  No request is specified");
        }
        if (value(request, unit) < value(Optional.of(enforced), unit)) {
            return Optional.of(rule + ", but request is " + request.get());
        }
        return limit.filter(l -> value(limit, unit) < value(Optional.of(enforced), unit))
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
        ToLongFunction<Quantity> unit = unit(requests.get(name), limits.get(name), Optional.of(enforced));
        return value(amount, unit) > value(Optional.of(enforced), unit)
                ? Optional.of(rule + ", but " + which + " is " + amount.get())
                : Optional.empty();
    }

    private Optional<String> ratio(String name, Quantity enforced) {
        String rule = name + " max limit to request ratio per " + type + " is " + enforced;
        Optional<Quantity> request = requests.get(name);
        Optional<Quantity> limit = limits.get(name);
        ToLongFunction<Quantity> unit = unit(request, limit, Optional.of(enforced));
        if (value(request, unit) == 0) {
            return Optional.of(rule + ", but no request is specified or request is 0");
        }
        if (value(limit, unit) == 0) {
            return Optional.of(rule + ", but no limit is specified or limit is 0");
        }
        double observed = (double) value(limit, unit) / (double) value(request, unit);
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

    /** Returns the unit in which the quantities are compared: thousandths, unless one of them is too large. */
    private static ToLongFunction<Quantity> unit(
            Optional<Quantity> request, Optional<Quantity> limit, Optional<Quantity> enforced) {
        boolean isSmall = Stream.of(request, limit, enforced)
                .flatMap(Optional::stream)
                .allMatch(quantity -> quantity.value() <= MAX_MILLI);
        return isSmall ? Quantity::milliValue : Quantity::value;
    }

    private static long value(Optional<Quantity> quantity, ToLongFunction<Quantity> unit) {
        return quantity.map(unit::applyAsLong).orElse(0L);
    }
}
