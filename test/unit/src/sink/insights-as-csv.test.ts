import { describe, expect, it } from 'vitest'
import { insightsAsCsv } from '../../../../src/sink/insights-as-csv.ts'
import { anInsight, stillOpen } from '../../../support/insights.ts'

const HEADER =
  'id,state,severity,severityWord,score,peakScore,startTime,endTime,detectedTime,account,region,category,eventSource,eventName,insightType,errorCode,direction,readOnly,count,minutes,expected,low,high,episodeCount,episodeMinutes,baselineAverage,insightAverage,firstSeen,unconfirmedLevel,principal,incident,aggregate,scope,explanation'

describe('insightsAsCsv', () => {
  it('writes a header and a row an insight, numbers bare', () => {
    const { id } = anInsight()
    expect(insightsAsCsv([anInsight()]).split('\n')).toEqual([
      HEADER,
      `${id},closed,96.98,critical,19.5,21,2026-03-04T10:05:00Z,2026-03-04T10:13:00Z,2026-03-04T10:10:00Z,123456789012,us-east-1,Management,ec2.amazonaws.com,RunInstances,ApiCallRateInsight,,up,false,47,5,0.8,0,4,120,8,0.0121665887,15,false,false,arn:aws:sts::123456789012:assumed-role/Deploy,3f9a2b1c-0000-8000-8000-000000000001,,,47 calls in 5 minutes; at most 4 are normal; once in 140 weeks`,
      '',
    ])
  })

  it('leaves the end of an open insight empty and gives the average of its window', () => {
    const row =
      insightsAsCsv([anInsight(stillOpen)])
        .split('\n')[1]
        ?.split(',') ?? []
    const cell = (title: string) => row[HEADER.split(',').indexOf(title)]
    expect([cell('endTime'), cell('episodeCount'), cell('insightAverage')]).toEqual(['', '', '9.4'])
  })

  it('writes names that are formulas or terminal escapes as inert text', () => {
    const row = insightsAsCsv([anInsight({ eventName: '=cmd()', principal: '\u001b[2J' })])
    expect(row).toContain(",'=cmd(),")
    expect(row).toContain(',\\u{1b}[2J,')
  })
})
