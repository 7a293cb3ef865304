// Command regexp answers what Go's regexp makes of a regular expression and a text, as sprig's functions use it.
//
// It reads one JSON question a line from standard input and writes one JSON answer a line:
//
//	{"pattern":"a(b*)","text":"xabby","replacement":"<$1>","n":-1}
//	{"match":true,"find":"abb","all":["abb"],"split":["x","y"],"replaced":"x<bb>y","literal":"x<$1>y"}
//	{"error":"..."}   the expression does not compile
//
// The calls are those of github.com/Masterminds/sprig/v3 regex.go.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
)

type question struct {
	Pattern     string `json:"pattern"`
	Text        string `json:"text"`
	Replacement string `json:"replacement"`
	N           int    `json:"n"`
}

type answer struct {
	Error    string   `json:"error,omitempty"`
	Match    bool     `json:"match"`
	Find     string   `json:"find"`
	All      []string `json:"all"`
	Split    []string `json:"split"`
	Replaced string   `json:"replaced"`
	Literal  string   `json:"literal"`
}

func reply(q question) answer {
	r, err := regexp.Compile(q.Pattern)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{
		Match:    r.MatchString(q.Text),
		Find:     r.FindString(q.Text),
		All:      append([]string{}, r.FindAllString(q.Text, q.N)...),
		Split:    append([]string{}, r.Split(q.Text, q.N)...),
		Replaced: r.ReplaceAllString(q.Text, q.Replacement),
		Literal:  r.ReplaceAllLiteralString(q.Text, q.Replacement),
	}
}

func main() {
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
			answers.Encode(reply(q))
			if in.Buffered() == 0 {
				out.Flush()
			}
		}
		if err == io.EOF {
			out.Flush()
			return
		}
	}
}
