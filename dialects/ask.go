// Answers each crontab text on standard input with the next three times of robfig/cron, or "refused".
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/robfig/cron"
)

func answer(text string) string {
	schedule, err := cron.ParseStandard(text)
	if err != nil {
		return "refused"
	}
	at := time.Date(2026, 11, 27, 20, 0, 0, 0, time.UTC)
	var times []string
	for len(times) < 3 {
		at = schedule.Next(at)
		if at.IsZero() {
			break
		}
		times = append(times, at.Format("2006-01-02T15:04:05"))
	}
	return strings.Join(times, " ")
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(answer(lines.Text()))
	}
}
