// What argo lint --offline says of a file. One JSON line in, {"file": "…"}, one JSON line out, {"errors": ["…"]}.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"

	"github.com/argoproj/argo-workflows/v4/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v4/pkg/apiclient"
)

type question struct {
	File string `json:"file"`
}

type answer struct {
	Errors []string `json:"errors"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			panic(err)
		}
		if err := out.Encode(answer{Errors: ask(q.File)}); err != nil {
			panic(err)
		}
	}
}

// The same calls as cmd/argo/commands/lint.go makes, with its defaults.
func ask(file string) []string {
	errors := []string{}
	ctx, client, err := apiclient.NewClientFromOptsWithContext(context.Background(),
		apiclient.Opts{Offline: true, OfflineFiles: []string{file}, LogLevel: "error"})
	if err != nil {
		return append(errors, err.Error())
	}
	clients := lint.ServiceClients{WorkflowsClient: client.NewWorkflowServiceClient(ctx)}
	if clients.WorkflowTemplatesClient, err = client.NewWorkflowTemplateServiceClient(); err != nil {
		return append(errors, err.Error())
	}
	if clients.CronWorkflowsClient, err = client.NewCronWorkflowServiceClient(); err != nil {
		return append(errors, err.Error())
	}
	if clients.ClusterWorkflowTemplateClient, err = client.NewClusterWorkflowTemplateServiceClient(); err != nil {
		return append(errors, err.Error())
	}
	results, err := lint.Lint(ctx, &lint.LintOptions{
		Files: []string{file}, Strict: true, DefaultNamespace: "default", ServiceClients: clients})
	if err != nil {
		return append(errors, err.Error())
	}
	for _, result := range results.Results {
		for _, err := range result.Errs {
			errors = append(errors, err.Error())
		}
	}
	return errors
}
