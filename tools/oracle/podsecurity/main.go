// Command podsecurity answers what Pod Security admission says to a pod, and how Kubernetes writes quantities.
//
// It reads one JSON question a line from standard input and writes one JSON answer a line:
//
//	{"pod":{"metadata":{},"spec":{}},"level":"baseline","version":"v1.30"}
//	{"allowed":false,"message":"violates PodSecurity \"baseline:v1.30\": ..."}
//	{"quantities":["1.5Gi","500m"]}
//	{"canonical":["1536Mi","500m"],"milli":["1536Mi","500m"],"sum":"...","compare":[1],"value":[...],"milliValue":[...]}
//	{"quantities":["1x"]}
//	{"error":"unable to parse quantity's suffix"}
//	{"fixtures":true}
//	{"pods":[...]}   the pods that the Pod Security project tests itself with, from Go's module cache
//
// The words are those of EvaluatePod in k8s.io/pod-security-admission/admission/admission.go; milli is what pods are
// rounded to by SetDefaults_ResourceList in k8s.io/kubernetes/pkg/apis/core/v1/defaults.go.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

const module = "k8s.io/pod-security-admission"

type question struct {
	Pod        *v1.Pod  `json:"pod"`
	Level      string   `json:"level"`
	Version    string   `json:"version"`
	Quantities []string `json:"quantities"`
	Fixtures   bool     `json:"fixtures"`
}

type verdict struct {
	Allowed bool   `json:"allowed"`
	Message string `json:"message"`
}

type amounts struct {
	Canonical  []string `json:"canonical"`
	Milli      []string `json:"milli"`
	Sum        string   `json:"sum"`
	Compare    []int    `json:"compare"`
	Value      []int64  `json:"value"`
	MilliValue []int64  `json:"milliValue"`
}

type failure struct {
	Error string `json:"error"`
}

func podSecurity(evaluator policy.Evaluator, q question) any {
	level, err := api.ParseLevel(q.Level)
	if err != nil {
		return failure{err.Error()}
	}
	version, err := api.ParseVersion(q.Version)
	if err != nil {
		return failure{err.Error()}
	}
	lv := api.LevelVersion{Level: level, Version: version}
	result := policy.AggregateCheckResults(evaluator.EvaluatePod(lv, &q.Pod.ObjectMeta, &q.Pod.Spec))
	if result.Allowed {
		return verdict{true, ""}
	}
	return verdict{false, fmt.Sprintf("violates PodSecurity %q: %s", lv.String(), result.ForbiddenDetail())}
}

func quantities(texts []string) any {
	var a amounts
	var sum resource.Quantity
	var last resource.Quantity
	for i, text := range texts {
		parsed, err := resource.ParseQuantity(text)
		if err != nil {
			return failure{err.Error()}
		}
		milli := parsed.DeepCopy()
		milli.RoundUp(resource.Milli)
		a.Canonical = append(a.Canonical, parsed.String())
		a.Milli = append(a.Milli, milli.String())
		a.Value = append(a.Value, 0)
		a.MilliValue = append(a.MilliValue, 0)
		if milli.CmpInt64(math.MaxInt64) <= 0 { // what is more wraps around, and nobody may rely on that
			a.Value[i] = milli.Value()
		}
		if milli.CmpInt64(resource.MaxMilliValue) <= 0 {
			a.MilliValue[i] = milli.MilliValue()
		}
		if i == 0 {
			sum = parsed.DeepCopy()
		} else {
			a.Compare = append(a.Compare, last.Cmp(parsed))
			sum.Add(parsed)
		}
		last = parsed
	}
	a.Sum = sum.String()
	return a
}

// fixtures reads the module's own test data where Go keeps it.
func fixtures() any {
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				version = dependency.Version
			}
		}
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return failure{err.Error()}
	}
	root := filepath.Join(strings.TrimSpace(string(cache)), module+"@"+version, "test", "testdata")
	pods := []json.RawMessage{}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pod, err := yaml.YAMLToJSON(content)
		pods = append(pods, pod)
		return err
	})
	if err != nil {
		return failure{err.Error()}
	}
	return map[string]any{"pods": pods}
}

func answer(evaluator policy.Evaluator, q question) any {
	switch {
	case q.Fixtures:
		return fixtures()
	case q.Pod != nil:
		return podSecurity(evaluator, q)
	default:
		return quantities(q.Quantities)
	}
}

func main() {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var q question
			if bad := json.Unmarshal(line, &q); bad != nil {
				fmt.Fprintf(os.Stderr, "not a question: %v\n", bad)
				os.Exit(2)
			}
			answers.Encode(answer(evaluator, q))
			if in.Buffered() == 0 {
				out.Flush()
			}
		}
		if err != nil {
			out.Flush()
			return
		}
	}
}
