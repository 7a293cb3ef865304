package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a ResourceQuota's refusal: {@code exceeded quota: Q, requested: …, used: …, limited: …} or {@code failed
 * quota: Q: must specify limits.cpu for: init,wait; …}.
 *
 * @param quota the name of the quota
 * @param missing the containers by the resource that they must specify; no containers if the server does not list them
 * @param requested the amounts that the pod requests, by resource
 * @param used the amounts in use, by resource
 * @param limited the limits of the quota, by resource
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/admission/plugin/resourcequota/controller.go">
 *     CheckRequest</a>
 */
record QuotaMessage(
        String quota,
        Map<String, List<String>> missing,
        Map<String, String> requested,
        Map<String, String> used,
        Map<String, String> limited) {

    private static final Pattern EXCEEDED = Pattern.compile(
            AdmissionRefusal.EXCEEDED_QUOTA + "(\\S+), requested: (\\S+), used: (\\S+), limited: (\\S+)");
    private static final Pattern FAILED =
            Pattern.compile("failed quota: ([^\\s:]+): must specify (.*)", Pattern.DOTALL);

    /** Parses the message of a server; empty if no ResourceQuota refused the object. */
    static Optional<QuotaMessage> of(String message) {
        Matcher exceeded = EXCEEDED.matcher(message);
        if (exceeded.find()) {
            return Optional.of(new QuotaMessage(
                    exceeded.group(1),
                    Map.of(),
                    amounts(exceeded.group(2)),
                    amounts(exceeded.group(3)),
                    amounts(exceeded.group(4))));
        }
        Matcher failed = FAILED.matcher(message);
        return failed.find()
                ? Optional.of(new QuotaMessage(failed.group(1), missing(failed.group(2)), Map.of(), Map.of(), Map.of()))
                : Optional.empty();
    }

    /** Returns all containers without a required value. */
    Set<String> containers() {
        Set<String> containers = new LinkedHashSet<>();
        missing.values().stream().sorted(Comparator.comparingInt(List::size)).forEach(containers::addAll);
        return containers;
    }

    /** Returns whether the pod does not fit even if nothing else is in use. */
    boolean neverFits() {
        return requested.keySet().stream()
                .anyMatch(resource -> amount(requested, resource).compareTo(amount(limited, resource)) > 0);
    }

    /**
     * Returns whether the pod fits after pods have ended. An ended pod still counts as an object.
     *
     * @param ended the amounts that the ended pods used
     */
    boolean fitsWithout(ResourceList ended) {
        return requested.keySet().stream()
                .allMatch(resource -> amount(used, resource)
                                .subtract(resource.equals("count/pods") ? BigDecimal.ZERO : amount(ended, resource))
                                .add(amount(requested, resource))
                                .compareTo(amount(limited, resource))
                        <= 0);
    }

    /** Returns the command with which the owner raises the quota to the sum of the amounts in use and of this pod. */
    Command makeRoom(String namespace) {
        ObjectNode hard = JsonNodeFactory.instance.objectNode();
        requested.forEach((resource, amount) -> hard.put(
                resource,
                Quantity.parse(used.getOrDefault(resource, "0"))
                        .plus(Quantity.parse(amount))
                        .toString()));
        return patch(quota, namespace, hard);
    }

    /** Returns the command that sets limits of a quota. */
    static Command patch(String quota, String namespace, ObjectNode hard) {
        List<Operand> resources = new ArrayList<>();
        hard.fieldNames().forEachRemaining(name -> resources.add(Operand.qualified(name)));
        return Command.kubectl("patch", "resourcequota")
                .name("ResourceQuota", quota)
                .namespace(namespace)
                .with("--type=merge")
                .requiring(resources.toArray(Operand[]::new))
                .patch(JsonPatch.merge(hard, "spec", "hard"));
    }

    /** Returns the number of pods that fit, out of a number of equal pods that together request all amounts. */
    long fitting(long number) {
        return requested.entrySet().stream()
                .mapToLong(each -> {
                    BigDecimal free = amount(limited, each.getKey()).subtract(amount(used, each.getKey()));
                    BigDecimal amountOfOne =
                            amount(requested, each.getKey()).divide(BigDecimal.valueOf(number), MathContext.DECIMAL64);
                    return amountOfOne.signum() == 0
                            ? number
                            : free.divideToIntegralValue(amountOfOne).longValue();
                })
                .min()
                .orElse(number);
    }

    private static BigDecimal amount(ResourceList amounts, String resource) {
        return amounts.get(resource).map(Quantity::amount).orElse(BigDecimal.ZERO);
    }

    private static BigDecimal amount(Map<String, String> amounts, String resource) {
        return Quantity.read(amounts.getOrDefault(resource, "0"))
                .map(Quantity::amount)
                .orElse(BigDecimal.ZERO);
    }

    private static Map<String, List<String>> missing(String text) {
        Map<String, List<String>> missing = new LinkedHashMap<>();
        for (String part : text.strip().split("; ")) {
            String[] halves = part.split(" for: ", 2);
            List<String> containers = halves.length > 1 ? List.of(halves[1].split(",")) : List.of();
            for (String resource : halves[0].split(",")) {
                missing.merge(resource, containers, (first, second) -> {
                    List<String> merged = new ArrayList<>(first);
                    merged.addAll(second);
                    return merged;
                });
            }
        }
        return missing;
    }

    private static Map<String, String> amounts(String text) {
        Map<String, String> amounts = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            String[] halves = part.split("=", 2);
            amounts.put(halves[0], halves.length > 1 ? halves[1] : "");
        }
        return amounts;
    }
}
